namespace GridMesh.Storage;

/// <summary>Which database keeps everything.</summary>
public enum StorageKind
{
    /// <summary>A file in <see cref="StorageOptions.DataFolder"/>; nothing to install, one process.</summary>
    Sqlite,

    /// <summary>A PostgreSQL server, version 15 or newer; several processes may share it.</summary>
    Postgres,
}

/// <summary>Where and how GridMesh stores. Checked as a whole at start.</summary>
public sealed class StorageOptions
{
    public StorageKind Kind { get; set; } = StorageKind.Sqlite;

    /// <summary>Folder of the SQLite files, created if absent.</summary>
    public string DataFolder { get; set; } = "data";

    /// <summary>Npgsql connection string; needed for PostgreSQL only.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>Most facts (SQLite: and state writes) of one durable transaction, 1 to 10,000.</summary>
    public int JournalGroupMax { get; set; } = 512;

    /// <summary>Longest that a group waits for the callers of the group before it, in milliseconds, 0 to 1,000.
    /// A lone caller never waits.</summary>
    public int JournalGroupAgeMs { get; set; } = 2;

    /// <summary>Most facts waiting; beyond it an append is refused.</summary>
    public int JournalQueueMax { get; set; } = 100_000;

    /// <summary>Most state writes of one transaction (PostgreSQL), 1 to 10,000.</summary>
    public int StateGroupMax { get; set; } = 1_000;

    /// <summary>Most state writes waiting (PostgreSQL); beyond it a write is refused.</summary>
    public int StateQueueMax { get; set; } = 100_000;

    /// <summary>Longest that a batch of positions and door events collects, in milliseconds, 0 to 10,000.</summary>
    public int TrackFlushMs { get; set; } = 20;

    /// <summary>Most rows of one batch; a full one leaves at once.</summary>
    public int TrackBatchMax { get; set; } = 20_000;

    /// <summary>Most rows waiting; beyond it they are refused. At least <see cref="TrackBatchMax"/>.</summary>
    public int TrackQueueMax { get; set; } = 200_000;

    /// <summary>Days (UTC) for which positions and door events are kept, 1 to 3,660.</summary>
    public int TrackDays { get; set; } = 30;

    /// <summary>Most reads at a time, 1 to 200.</summary>
    public int ReadConnections { get; set; } = 8;

    /// <summary>
    /// Page cache of the SQLite write connection in megabytes, 1 to 16,384. The system's own cache is behind it, and
    /// SQLite goes through the whole of this one at many a commit: more is no faster, but for bulk.
    /// </summary>
    public int SqliteCacheMb { get; set; } = 32;

    /// <summary>
    /// Write-ahead log written before SQLite copies it into the file, in megabytes, 1 to 4,096. The less, the shorter
    /// each copy; the more, the fewer pages are copied twice.
    /// </summary>
    public int SqliteCheckpointMb { get; set; } = 16;

    /// <summary>Streams whose version the writer remembers, so that it need not ask, 2 to 10,000,000.</summary>
    public int StreamCacheMax { get; set; } = 200_000;

    /// <summary>First pause before a failed database is tried again, in milliseconds; it doubles each time.</summary>
    public int RetryPauseFirstMs { get; set; } = 50;

    /// <summary>Longest such pause in milliseconds.</summary>
    public int RetryPauseMaxMs { get; set; } = 5_000;

    /// <summary>Longest wait for an answer of the PostgreSQL server in seconds, 1 to 600.</summary>
    public int CommandTimeoutSeconds { get; set; } = 15;

    /// <summary>Everything that is wrong with these options; empty when nothing is.</summary>
    public IEnumerable<string> Problems() => new StorageOptionsValidator().Validate(null, this).Failures ?? [];
}
