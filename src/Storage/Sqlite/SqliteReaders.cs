using System.Collections.Concurrent;
using System.Data.Common;
using GridMesh.Storage.Databases;

namespace GridMesh.Storage.Sqlite;

/// <summary>A bounded pool of reading connections; whoever finds none free waits.</summary>
internal sealed class SqliteReaders(string path, int most) : IDisposable
{
    private readonly SemaphoreSlim _free = new(most, most);
    private readonly ConcurrentBag<Idle> _idle = [];
    private bool _isClosed;

    public async ValueTask<ReadLease> RentAsync(CancellationToken cancellation)
    {
        await _free.WaitAsync(cancellation);
        try
        {
            if (!_idle.TryTake(out var idle))
            {
                var connection = SqliteConnections.OpenReader(path);
                idle = new Idle(connection, new KeptCommands(connection));
            }

            return new ReadLease(idle.Connection, idle.Kept, GiveBackAsync);
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
        while (_idle.TryTake(out var idle))
            idle.Connection.Dispose();
    }

    private ValueTask GiveBackAsync(ReadLease lease, bool keep)
    {
        if (keep)
            _idle.Add(new Idle(lease.Connection, lease.Kept!));
        else
            lease.Connection.Dispose();
        if (Volatile.Read(ref _isClosed))
            CloseIdle();
        _free.Release();
        return ValueTask.CompletedTask;
    }

    private readonly record struct Idle(DbConnection Connection, KeptCommands Kept);
}
