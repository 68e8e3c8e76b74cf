using System.Data.Common;

namespace GridMesh.Storage.Databases;

/// <summary>A connection lent for one read. One that failed is closed, not handed to the next reader.</summary>
/// <param name="kept">What the connection keeps compiled; null where the driver does so by itself.</param>
internal sealed class ReadLease(
    DbConnection connection, KeptCommands? kept, Func<ReadLease, bool, ValueTask> giveBack) : IAsyncDisposable
{
    private bool _keep;

    public DbConnection Connection => connection;

    public KeptCommands? Kept => kept;

    public void Keep() => _keep = true;

    /// <summary>The rows of one statement.</summary>
    public async ValueTask<List<T>> ListAsync<T>(
        string sql, Func<DbDataReader, T> row, CancellationToken cancellation, params (string, object?)[] parameters)
    {
        if (kept?.Take(sql, parameters) is { } command)
            return await command.ListAsync(row, cancellation);
        await using var once = connection.Command(sql, parameters);
        return await once.ListAsync(row, cancellation);
    }

    public ValueTask DisposeAsync() => giveBack(this, _keep);
}
