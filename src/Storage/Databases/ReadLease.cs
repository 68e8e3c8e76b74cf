using System.Data.Common;

namespace GridMesh.Storage.Databases;

/// <summary>A connection lent for one read. One that failed is closed, not handed to the next reader.</summary>
internal sealed class ReadLease(
    DbConnection connection, Func<DbConnection, bool, ValueTask> giveBack) : IAsyncDisposable
{
    private bool _keep;

    public DbConnection Connection => connection;

    public void Keep() => _keep = true;

    public ValueTask DisposeAsync() => giveBack(connection, _keep);
}
