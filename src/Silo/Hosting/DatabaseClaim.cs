using GridMesh.Contracts.Storage;
using GridMesh.Storage;
using Npgsql;

namespace GridMesh.Silo.Hosting;

/// <summary>
/// Says in a PostgreSQL database who runs grains over it: one Local process alone, or the silos of a cluster together.
/// Two that do not know of each other would both be sure of their numbers, and both walls would be wrong. It is a lock
/// of a session: it ends with the process, however that ends. SQLite has the lock of its folder instead.
/// </summary>
internal sealed class DatabaseClaim(MeshOptions options, TimeProvider time) : BackgroundService
{
    /// <summary>"MESH" and "WHO?": the same for every version.</summary>
    internal const long Key = 0x4D455348_57484F3F;

    /// <summary>How long the session of a process that has just ended may still be there.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(500);

    /// <summary>How often it is looked whether the session still lives.</summary>
    private static readonly TimeSpan s_every = TimeSpan.FromSeconds(5);

    private NpgsqlConnection? _connection;

    private bool IsAlone => options.Cluster.Mode == ClusterMode.Local;

    /// <summary>Takes the claim; to be called before anything is read or written.</summary>
    /// <exception cref="StorageUnusableException">
    /// Somebody else has the database; the message says what to do.
    /// </exception>
    /// <exception cref="StorageUnavailableException">The server cannot be reached.</exception>
    public async Task TakeAsync(CancellationToken cancellation = default)
    {
        var began = time.GetTimestamp();
        try
        {
            while (!await TryTakeAsync(cancellation))
            {
                if (time.GetElapsedTime(began) > s_patience)
                    throw new StorageUnusableException(Refusal);

                await Task.Delay(s_pause, time, cancellation);
            }
        }
        catch (NpgsqlException e)
        {
            throw new StorageUnavailableException($"PostgreSQL cannot be reached: {e.Message}", e);
        }
    }

    /// <summary>
    /// A session that the server has ended is opened again. Where somebody else was faster, this process fails: it is
    /// not the one in force any more (rule DU5).
    /// </summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (!await IsHeldAsync(stoppingToken))
            {
                try
                {
                    await TakeAsync(stoppingToken);
                }
                catch (StorageUnavailableException)
                {
                    // The server went away again: nobody can have it meanwhile, and the next look tries again.
                }
            }
        }
    }

    public override void Dispose()
    {
        _connection?.Dispose();
        base.Dispose();
    }

    private string Refusal => IsAlone
        ? "The PostgreSQL database is in use by another GridMesh process. One process with GridMesh:Cluster:Mode=Local"
            + " has it alone; several share it with Mode=Database."
        : "The PostgreSQL database is in use by a GridMesh process with GridMesh:Cluster:Mode=Local; stop it first.";

    private async Task<bool> TryTakeAsync(CancellationToken cancellation)
    {
        if (_connection is not null)
            await _connection.DisposeAsync();

        _connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(options.Storage.ConnectionString)
        {
            Pooling = false,
            ApplicationName = "gridmesh-claim",
        }.ToString());
        await _connection.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand(
            IsAlone ? $"SELECT pg_try_advisory_lock({Key})" : $"SELECT pg_try_advisory_lock_shared({Key})",
            _connection);
        return await command.ExecuteScalarAsync(cancellation) is true;
    }

    /// <summary>True while the session lives, and while the server is away: then nobody can have it.</summary>
    private async Task<bool> IsHeldAsync(CancellationToken stopping)
    {
        try
        {
            await using var command = new NpgsqlCommand("SELECT 1", _connection);
            await command.ExecuteScalarAsync(stopping);
            return true;
        }
        catch (Exception e) when (e is NpgsqlException or InvalidOperationException)
        {
            return await IsAwayAsync(stopping);
        }
    }

    private async Task<bool> IsAwayAsync(CancellationToken stopping)
    {
        try
        {
            await using var probe = new NpgsqlConnection(_connection!.ConnectionString);
            await probe.OpenAsync(stopping);
            return false;
        }
        catch (NpgsqlException)
        {
            return true;
        }
    }
}
