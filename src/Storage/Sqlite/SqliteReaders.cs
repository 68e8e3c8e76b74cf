using System.Collections.Concurrent;
using System.Data.Common;
using GridMesh.Storage.Databases;
using Microsoft.Data.Sqlite;

namespace GridMesh.Storage.Sqlite;

/// <summary>A bounded pool of reading connections; whoever finds none free waits.</summary>
internal sealed class SqliteReaders(string path, int most) : IDisposable
{
    private readonly SemaphoreSlim _free = new(most, most);
    private readonly ConcurrentBag<SqliteConnection> _idle = [];

    public async ValueTask<ReadLease> RentAsync(CancellationToken cancellation)
    {
        await _free.WaitAsync(cancellation);
        try
        {
            var connection = _idle.TryTake(out var idle) ? idle : SqliteConnections.OpenReader(path);
            return new ReadLease(connection, GiveBackAsync);
        }
        catch
        {
            _free.Release();
            throw;
        }
    }

    public void Dispose()
    {
        while (_idle.TryTake(out var connection))
            connection.Dispose();
        _free.Dispose();
    }

    private ValueTask GiveBackAsync(DbConnection connection, bool keep)
    {
        if (keep)
            _idle.Add((SqliteConnection)connection);
        else
            connection.Dispose();
        _free.Release();
        return ValueTask.CompletedTask;
    }
}
