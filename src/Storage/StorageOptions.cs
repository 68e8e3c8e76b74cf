using GridMesh.Contracts.Settings;

namespace GridMesh.Storage;

/// <summary>Which database keeps everything.</summary>
public enum StorageKind
{
    /// <summary>A file in <see cref="StorageOptions.DataFolder"/>; nothing to install, one process.</summary>
    Sqlite,

    /// <summary>A PostgreSQL server, version 15 or newer; several processes may share it.</summary>
    Postgres,
}

[Setting("Where GridMesh stores, and the bounds of its storage.", "数据存于何处，以及存储的各项上限。")]
public sealed class StorageOptions
{
    public const string Section = "GridMesh:StorageTuning";

    /// <summary>Least length of the key of secrets, in bytes.</summary>
    public const int SecretKeyMin = 32;

    private const int QueueMax = 10_000_000;

    /// <summary>Another process may hold the data folder.</summary>
    internal bool IsBeside { get; set; }

    [Setting(
        "Which database keeps everything: files in the data folder for one process, or a PostgreSQL 15 or newer, which "
            + "several may share.",
        "数据库：数据目录中的文件，仅供一个进程；或 PostgreSQL 15 及以上，可供多个进程共用。", Key = "GridMesh:Storage")]
    public StorageKind Kind { get; set; } = StorageKind.Sqlite;

    [Setting("Folder of the SQLite files, created if absent.", "SQLite 数据目录，不存在则创建。", Key = "GridMesh:Data")]
    public string DataFolder { get; set; } = "data";

    [Setting(
        "Npgsql connection string; needed for PostgreSQL only.", "Npgsql 连接字符串；仅 PostgreSQL 需要。",
        Key = "ConnectionStrings:GridMesh", IsSecret = true)]
    public string? ConnectionString { get; set; }

    [Setting(
        "Key that the secrets of webhooks, one-time codes and sign-ins are sealed with in the database, at least 32 bytes. Not set: SQLite makes one in "
            + "`secrets.key` of the data folder, PostgreSQL stores them as they are. With another key they cannot be read.",
        "数据库中推送密钥、动态口令密钥与登录凭据的加密密钥，至少 32 字节。未设时 SQLite 在数据目录生成 `secrets.key`，PostgreSQL 则不加密。更换后原密钥无法解密。",
        Key = "GridMesh:SecretKey", IsSecret = true)]
    public string? SecretKey { get; set; }

    [Setting(
        "Folder in which each file is a setting: its name the key with `__` for `:`, as `GridMesh__Auth__SigningKey`, its "
            + "content the value. Stands above environment and arguments; for secrets.",
        "每个文件即一项配置的目录：文件名为键（以 `__` 代替 `:`，如 `GridMesh__Auth__SigningKey`），内容为值；优先于环境变量与参数，用于存放密钥。",
        Key = "GridMesh:Secrets")]
    public string? Secrets { get; set; }

    [Setting(
        "Most facts (SQLite: and state writes) of one durable transaction.",
        "一个持久事务最多的事实数（SQLite 含状态写入）。", 1, 10_000)]
    public int JournalGroupMax { get; set; } = 512;

    [Setting(
        "Longest that a group waits for the callers of the group before it. A lone caller never waits.",
        "一组等待前一组调用方的最长时间；单独的调用方从不等待。", 0, 1_000)]
    public int JournalGroupAgeMs { get; set; } = 2;

    [Setting(
        "Most facts waiting; beyond it a command is answered 503. Not below `JournalGroupMax`.",
        "排队的事实数上限；超出则应答 503。不得小于 `JournalGroupMax`。", 1, QueueMax)]
    public int JournalQueueMax { get; set; } = 100_000;

    [Setting("Most state writes of one transaction (PostgreSQL).", "一个事务最多的状态写入数（PostgreSQL）。", 1, 10_000)]
    public int StateGroupMax { get; set; } = 1_000;

    [Setting(
        "Most state writes waiting (PostgreSQL); beyond it a write is refused.",
        "排队的状态写入数上限（PostgreSQL）；超出则拒绝。", 1, QueueMax)]
    public int StateQueueMax { get; set; } = 100_000;

    [Setting("Longest that a batch of positions and door events collects.", "位置与门禁事件攒批的最长时间。", 0, 10_000)]
    public int TrackFlushMs { get; set; } = 20;

    [Setting("Most rows of one batch; a full one leaves at once.", "单批行数上限；满批立即写出。", 1, 100_000)]
    public int TrackBatchMax { get; set; } = 20_000;

    [Setting(
        "Most rows waiting; beyond it they are refused. Not below `TrackBatchMax`.",
        "排队行数上限；超出则拒绝。不得小于 `TrackBatchMax`。", 1, QueueMax)]
    public int TrackQueueMax { get; set; } = 200_000;

    [Setting("Days (UTC) for which positions and door events are kept.", "位置与门禁事件的保留天数（UTC）。", 1, 3_660)]
    public int TrackDays { get; set; } = 30;

    [Setting("Most reads at a time.", "并发读取数上限。", 1, 200)]
    public int ReadConnections { get; set; } = 8;

    /// <summary>
    /// The system's own cache is behind it, and SQLite goes through the whole of this one at many a commit.
    /// </summary>
    [Setting(
        "Page cache of the SQLite write connection. More is no faster, but for bulk.",
        "SQLite 写连接的页缓存；除批量写入外，再大也不会更快。", 1, 16_384)]
    public int SqliteCacheMb { get; set; } = 32;

    [Setting(
        "Write-ahead log written before SQLite copies it into the file. The less, the shorter each copy; the more, the "
            + "fewer pages are copied twice.",
        "SQLite 写多少预写日志后做一次检查点。越小每次越短；越大重复拷贝的页越少。", 1, 4_096)]
    public int SqliteCheckpointMb { get; set; } = 16;

    [Setting(
        "Streams whose version the writer remembers, so that it need not ask.", "写入方记住版本的流数，省去查询。", 2, QueueMax)]
    public int StreamCacheMax { get; set; } = 200_000;

    [Setting(
        "First pause before a failed database is tried again; it doubles each time.",
        "数据库故障后首次重试前的间隔，逐次加倍。", 1, 60_000)]
    public int RetryPauseFirstMs { get; set; } = 50;

    [Setting("Longest such pause. Not below `RetryPauseFirstMs`.", "最长间隔。不得小于 `RetryPauseFirstMs`。", 1, 600_000)]
    public int RetryPauseMaxMs { get; set; } = 5_000;

    [Setting("Longest wait for an answer of the PostgreSQL server.", "等待 PostgreSQL 应答的上限。", 1, 600)]
    public int CommandTimeoutSeconds { get; set; } = 15;

    /// <summary>Everything that is wrong with these options; empty when nothing is.</summary>
    public IEnumerable<string> Problems() => new StorageOptionsValidator().Validate(null, this).Failures ?? [];
}
