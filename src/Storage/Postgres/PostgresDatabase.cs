using System.Data.Common;
using GridMesh.Storage.Cases;
using GridMesh.Storage.Commits;
using GridMesh.Storage.Databases;
using GridMesh.Storage.Kpis;
using GridMesh.Storage.Migrations;
using GridMesh.Storage.Personal;
using GridMesh.Storage.Tracks;
using Npgsql;

namespace GridMesh.Storage.Postgres;

/// <summary>PostgreSQL: a writing connection each for journal, state and tracks, a pool for the rest.</summary>
internal sealed class PostgresDatabase : MeshDatabase
{
    /// <summary>Held by whoever migrates, so that two processes that start at once do it one after the other.</summary>
    private const long MigrationLock = 0x4D455348_4D494752;

    private readonly NpgsqlDataSource _pool;
    private readonly StorageOptions _options;
    private readonly TimeProvider _time;

    public PostgresDatabase(StorageOptions options, TimeProvider time, PersonalSealer sealer)
    {
        _options = options;
        _pool = PostgresConnections.Pool(options);
        _time = time;
        Kpis = new KpiBacklog(time);
        Journal = new GroupCommitter(
            "journal", new PostgresJournalTarget(this, options, sealer), Limits.Journal(options),
            Limits.Pauses(options), time);
        State = new GroupCommitter(
            "state table", new PostgresStateTarget(this, options), Limits.State(options), Limits.Pauses(options), time);
        Tracks = new GroupCommitter(
            "track store", new PostgresTrackTarget(this, options, time), Limits.Tracks(options), Limits.Pauses(options),
            time);
        TrackReader = new PostgresTrackReader(this);
    }

    public override GroupCommitter Journal { get; }

    public override GroupCommitter State { get; }

    public override GroupCommitter Tracks { get; }

    public override KpiBacklog Kpis { get; }

    public override ITrackReader TrackReader { get; }

    /// <summary>Hours of sums before it are not kept.</summary>
    public long OldestHour => KpiTime.OldestHour(_time);

    public override MigrationSet Migrations { get; } = MigrationSet.Load(
        StorageKind.Postgres,
        "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'schema_migrations'");

    public override string BeginSnapshot => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

    public override string Contains(string column, string parameter) => $"strpos({column}, {parameter}) > 0";

    public override string IsOneOf(string column, string parameter) => $"{column} = ANY ({parameter})";

    public override object Texts(IReadOnlyCollection<string> texts) => texts.ToArray();

    public override ValueTask<WordFilter?> FindWordsAsync(
        DbConnection connection, string text, CancellationToken cancellation) =>
        ValueTask.FromResult(CaseWords.Pairs(text) is { Length: > 0 } pairs
            ? new WordFilter("gridmesh_pairs(description) @> @words", pairs, IsNarrow: false)
            : null);

    public override object Guid(Guid value) => value;

    public override bool IsOutage(Exception exception) => PostgresConnections.IsOutage(exception);

    public override async ValueTask WriteAsync(Action<DbConnection> write, CancellationToken cancellation)
    {
        try
        {
            await using var connection = await _pool.OpenConnectionAsync(cancellation);
            CheckUsable(connection);
            await using var transaction = await connection.BeginTransactionAsync(cancellation);
            write(connection);
            await transaction.CommitAsync(cancellation);
        }
        catch (Exception exception) when (IsOutage(exception))
        {
            throw Outage.Of(exception);
        }
    }

    public override async ValueTask<DbConnection> OpenForMigrationAsync(CancellationToken cancellation)
    {
        var connection = PostgresConnections.OpenWriter(_options);
        await using var command = new NpgsqlCommand($"SELECT pg_advisory_lock({MigrationLock})", connection);
        await command.ExecuteNonQueryAsync(cancellation);
        return connection;
    }

    public override void AddKpis(DbConnection connection, KpiSums sums)
    {
        using var batch = new NpgsqlBatch((NpgsqlConnection)connection);
        PostgresKpiWriter.Add(batch, sums, OldestHour);
        batch.ExecuteNonQuery();
    }

    public override async ValueTask DisposeAsync()
    {
        await Journal.DisposeAsync();
        await State.DisposeAsync();
        await Tracks.DisposeAsync();
        await _pool.DisposeAsync();
    }

    protected override async ValueTask<ReadLease> RentAsync(CancellationToken cancellation) =>
        new(
            await _pool.OpenConnectionAsync(cancellation), kept: null,
            static (lease, _) => lease.Connection.DisposeAsync());
}
