using System.Data.Common;
using System.Text.Json;
using GridMesh.Contracts.Storage;
using GridMesh.Storage.Cases;
using GridMesh.Storage.Commits;
using GridMesh.Storage.Databases;
using GridMesh.Storage.Kpis;
using GridMesh.Storage.Migrations;
using GridMesh.Storage.Personal;
using GridMesh.Storage.Tracks;
using Microsoft.Data.Sqlite;

namespace GridMesh.Storage.Sqlite;

/// <summary>SQLite: one file for all but the tracks, one writer, a few readers.</summary>
internal sealed class SqliteDatabase : MeshDatabase
{
    /// <summary>The migration that brings the index of words.</summary>
    private const int WordsVersion = 8;

    private readonly SqliteFolder _folder;
    private readonly SqliteReaders _readers;
    private readonly SqliteTracks _tracks;
    private readonly StorageOptions _options;
    private readonly TimeProvider _time;

    public SqliteDatabase(StorageOptions options, TimeProvider time, PersonalSealer sealer)
    {
        // One process writes here, and it is this one.
        sealer.Agree(true);
        _options = options;
        _folder = new SqliteFolder(options.DataFolder, options.IsBeside);
        _readers = new SqliteReaders(_folder.Database, options.ReadConnections);
        _tracks = new SqliteTracks(_folder, options, time);
        _time = time;
        Kpis = new KpiBacklog(time);
        Journal = new GroupCommitter(
            "journal", new SqliteGroupTarget(this, _folder, options), Limits.Journal(options), Limits.Pauses(options),
            time);
        Tracks = new GroupCommitter("track store", _tracks, Limits.Tracks(options), Limits.Pauses(options), time);
    }

    public override GroupCommitter Journal { get; }

    public override GroupCommitter State => Journal;

    public override GroupCommitter Tracks { get; }

    public override KpiBacklog Kpis { get; }

    public override ITrackReader TrackReader => _tracks;

    /// <summary>Hours of sums before it are not kept.</summary>
    public long OldestHour => KpiTime.OldestHour(_time);

    public override MigrationSet Migrations { get; } = MigrationSet.Load(
        StorageKind.Sqlite, "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'schema_migrations'");

    public override string BeginSnapshot => "BEGIN";

    public override string Contains(string column, string parameter) => $"instr({column}, {parameter}) > 0";

    public override string IsOneOf(string column, string parameter) =>
        $"{column} IN (SELECT value FROM json_each({parameter}))";

    public override object Texts(IReadOnlyCollection<string> texts) => JsonSerializer.Serialize(texts);

    public override async ValueTask<WordFilter?> FindWordsAsync(
        DbConnection connection, string text, CancellationToken cancellation)
    {
        var words = CaseWords.Match(text);
        await using var command = connection.Command(
            "SELECT count(*) FROM (SELECT 1 FROM case_words WHERE case_words MATCH @words"
            + $" LIMIT {CaseSearch.RareMax + 1})",
            ("words", words));
        return (await command.ListAsync(row => row.GetInt32(0), cancellation))[0] <= CaseSearch.RareMax
            ? new WordFilter(
                // One list of rows: with an OR it goes through all cases in order instead.
                "rowid IN (SELECT rowid FROM case_words WHERE case_words MATCH @words UNION ALL"
                + " SELECT rowid FROM cases WHERE rowid > (SELECT value FROM counters WHERE name = 'case_words'))",
                words, IsNarrow: true)
            : null;
    }

    public override object Guid(Guid value) => value.ToByteArray();

    public override bool IsOutage(Exception exception) => SqliteConnections.IsOutage(exception);

    public override async ValueTask WriteAsync(Action<DbConnection> write, CancellationToken cancellation)
    {
        if (_options.IsBeside)
        {
            WriteBeside(write);
            return;
        }

        var action = new ActionWrite(write);
        Journal.Add(action);
        await action.Answer(cancellation);
    }

    public override ValueTask<DbConnection> OpenForMigrationAsync(CancellationToken cancellation)
    {
        _folder.Hold();
        return ValueTask.FromResult<DbConnection>(
            SqliteConnections.OpenWriter(_folder.Database, _options.SqliteCacheMb));
    }

    public override void AddKpis(DbConnection connection, KpiSums sums)
    {
        using var writer = new SqliteKpiWriter((SqliteConnection)connection);
        writer.Add(sums, OldestHour);
    }

    public override void Migrated(DbConnection connection, int version)
    {
        if (version != WordsVersion)
            return;
        using var words = new SqliteWordWriter((SqliteConnection)connection);
        while (words.WriteNext() > 0)
        {
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await Journal.DisposeAsync();
        await Tracks.DisposeAsync();
        _readers.Dispose();
        _tracks.Dispose();
        _folder.Dispose();
    }

    /// <summary>On a connection of its own: SQLite lets one writer in after the other, whosesoever they are.</summary>
    private void WriteBeside(Action<DbConnection> write)
    {
        try
        {
            CheckFile();
            using var connection = SqliteConnections.OpenWriter(_folder.Database, 1);
            CheckUsable(connection);
            using var transaction = connection.BeginTransaction(deferred: false);
            write(connection);
            transaction.Commit();
        }
        catch (Exception exception) when (IsOutage(exception))
        {
            throw Outage.Of(exception);
        }
    }

    private void CheckFile()
    {
        if (_options.IsBeside && !File.Exists(_folder.Database))
        {
            throw new StorageUnusableException(
                $"There is no database in '{Path.GetFullPath(_options.DataFolder)}':"
                + " run 'migrate' first, or name the folder.");
        }
    }

    protected override ValueTask<ReadLease> RentAsync(CancellationToken cancellation)
    {
        _folder.Hold();
        CheckFile();

        // A reader does not create the file; an empty one says "version 0", which the caller can act on.
        if (!File.Exists(_folder.Database))
            SqliteConnections.OpenWriter(_folder.Database, 1).Dispose();
        return _readers.RentAsync(cancellation);
    }
}
