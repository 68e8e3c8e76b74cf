using System.Data.Common;
using GridMesh.Contracts.Storage;
using GridMesh.Storage.Cases;
using GridMesh.Storage.Commits;
using GridMesh.Storage.Kpis;
using GridMesh.Storage.Migrations;
using GridMesh.Storage.Tracks;

namespace GridMesh.Storage.Databases;

/// <summary>
/// What the two databases do differently. Everything that is plain SQL is written once, over
/// <see cref="DbConnection"/>.
/// </summary>
internal abstract class Database : IAsyncDisposable
{
    private volatile bool _usable;

    /// <summary>Takes <c>JournalWrite</c>.</summary>
    public abstract GroupCommitter Journal { get; }

    /// <summary>Takes <c>StateWrite</c>.</summary>
    public abstract GroupCommitter State { get; }

    /// <summary>Takes <c>TrackWrite</c>.</summary>
    public abstract GroupCommitter Tracks { get; }

    /// <summary>The sums of what this process has appended and not yet written.</summary>
    public abstract KpiBook Kpis { get; }

    public abstract ITrackReader TrackReader { get; }

    public abstract MigrationSet Migrations { get; }

    /// <summary>Begins a transaction that only reads, and all of it as it was at one moment.</summary>
    public abstract string BeginSnapshot { get; }

    /// <summary>A boolean SQL expression: the text of the column contains the parameter, by code points.</summary>
    public abstract string Contains(string column, string parameter);

    /// <summary>
    /// What an index of words says of a text, where asking it is worth while; null where going through the cases in
    /// order is quicker, or no index helps. It may say yes to a case that lacks the text.
    /// </summary>
    public abstract ValueTask<WordFilter?> FindWordsAsync(
        DbConnection connection, string text, CancellationToken cancellation);

    /// <summary>A Guid as the database stores it.</summary>
    public abstract object Guid(Guid value);

    /// <summary>True for failures of disk and server, false for mistakes of ours.</summary>
    public abstract bool IsOutage(Exception exception);

    /// <summary>Runs a rare write in a transaction of its own, durable when it answers.</summary>
    public abstract ValueTask WriteAsync(Action<DbConnection> write, CancellationToken cancellation);

    /// <summary>
    /// Adds the sums to those in the tables, in the transaction that the connection is in. Hours that are not kept any
    /// more are left out, and taken away where a subject has them.
    /// </summary>
    public abstract void AddKpis(DbConnection connection, KpiSums sums);

    public abstract ValueTask DisposeAsync();

    /// <summary>Reads on a pooled connection.</summary>
    /// <param name="anySchema">True for those who are about to migrate it.</param>
    public ValueTask<T> ReadAsync<T>(
        Func<DbConnection, CancellationToken, ValueTask<T>> read,
        CancellationToken cancellation,
        bool anySchema = false) =>
        LendAsync((lease, token) => read(lease.Connection, token), cancellation, anySchema);

    /// <summary>The rows of one statement, which stays compiled: texts are few, what differs is a parameter.</summary>
    public ValueTask<List<T>> ListAsync<T>(
        string sql, Func<DbDataReader, T> read, CancellationToken cancellation,
        params (string, object?)[] parameters) =>
        LendAsync((lease, token) => lease.ListAsync(sql, read, token, parameters), cancellation);

    /// <summary>A connection on which the migrator may change the schema; not pooled.</summary>
    public abstract ValueTask<DbConnection> OpenForMigrationAsync(CancellationToken cancellation);

    /// <summary>Refuses a schema that is older or newer than the program; asks the database once.</summary>
    public void CheckUsable(DbConnection connection)
    {
        if (!_usable)
        {
            Migrations.CheckUsable(Migrations.VersionOf(connection));
            _usable = true;
        }
    }

    /// <summary>What a migration has to do beyond its SQL, in its transaction.</summary>
    public virtual void Migrated(DbConnection connection, int version)
    {
    }

    /// <summary>The exception that callers see when disk or server fail.</summary>
    public static StorageUnavailableException Outage(Exception cause) =>
        cause as StorageUnavailableException ?? new($"The database cannot be used: {cause.Message}", cause);

    protected abstract ValueTask<ReadLease> RentAsync(CancellationToken cancellation);

    private async ValueTask<T> LendAsync<T>(
        Func<ReadLease, CancellationToken, ValueTask<T>> read, CancellationToken cancellation, bool anySchema = false)
    {
        try
        {
            await using var lease = await RentAsync(cancellation);
            if (!anySchema)
                CheckUsable(lease.Connection);
            var result = await read(lease, cancellation);
            lease.Keep();
            return result;
        }
        catch (Exception exception) when (IsOutage(exception))
        {
            throw Outage(exception);
        }
    }
}
