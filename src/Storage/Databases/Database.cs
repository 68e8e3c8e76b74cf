using System.Data.Common;

namespace GridMesh.Storage.Databases;

/// <summary>
/// What the two databases do differently where they are read. Everything that is plain SQL is written once, over
/// <see cref="DbConnection"/>.
/// </summary>
internal abstract class Database : IAsyncDisposable
{
    private volatile bool _usable;

    /// <summary>Begins a transaction that only reads, and all of it as it was at one moment.</summary>
    public abstract string BeginSnapshot { get; }

    /// <summary>A boolean SQL expression: the text of the column contains the parameter, by code points.</summary>
    public abstract string Contains(string column, string parameter);

    /// <summary>A boolean SQL expression: the column is one of <see cref="Texts"/> in the parameter.</summary>
    public abstract string IsOneOf(string column, string parameter);

    /// <summary>A list of texts as a parameter.</summary>
    public abstract object Texts(IReadOnlyCollection<string> texts);

    /// <summary>A Guid as the database stores it.</summary>
    public abstract object Guid(Guid value);

    /// <summary>True for failures of disk and server, false for mistakes of ours.</summary>
    public abstract bool IsOutage(Exception exception);

    /// <summary>Runs a rare write in a transaction of its own, durable when it answers.</summary>
    public abstract ValueTask WriteAsync(Action<DbConnection> write, CancellationToken cancellation);

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

    /// <summary>Refuses a schema that is older or newer than the program; asks the database once.</summary>
    public void CheckUsable(DbConnection connection)
    {
        if (!_usable)
        {
            CheckSchema(connection);
            _usable = true;
        }
    }

    protected abstract void CheckSchema(DbConnection connection);

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
            throw Outage.Of(exception);
        }
    }
}
