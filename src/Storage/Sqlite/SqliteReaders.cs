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
    private bool _isClosed;

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

    /// <summary>Closes what is free at once, and what is lent when it comes back.</summary>
    public void Dispose()
    {
        Volatile.Write(ref _isClosed, true);
        CloseIdle();
    }

    private void CloseIdle()
    {
        while (_idle.TryTake(out var connection))
            connection.Dispose();
    }

    private ValueTask GiveBackAsync(DbConnection connection, bool keep)
    {
        if (keep)
            _idle.Add((SqliteConnection)connection);
        else
            connection.Dispose();
        if (Volatile.Read(ref _isClosed))
            CloseIdle();
        _free.Release();
        return ValueTask.CompletedTask;
    }
}
