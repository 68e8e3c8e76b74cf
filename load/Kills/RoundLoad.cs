using GridMesh.Load.Clients;
using GridMesh.Load.Measuring;
using GridMesh.Load.Products;

namespace GridMesh.Load.Kills;

/// <summary>The load of one round and the kill that ends it.</summary>
internal static class RoundLoad
{
    private static readonly TimeSpan s_endPatience = TimeSpan.FromMinutes(2);

    /// <summary>Runs every caller, kills the silo after a while and answers what each caller was told.</summary>
    /// <exception cref="TimeoutException">A caller did not notice that the product is gone.</exception>
    public static async Task<IReadOnlyList<Ledger>> RunAsync(
        SiloProcess silo, Crew crew, string keyPrefix, TimeSpan killAfter, Histogram latency, TimeProvider time,
        CancellationToken cancellation)
    {
        using var client = new MeshClient(silo.Url);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var callers = crew.Members
            .Select((member, i) => new Caller(client, crew, member, $"{keyPrefix}-{i}", latency, time)).ToArray();
        var running = Task.WhenAll(callers.Select(caller => Task.Run(() => caller.RunAsync(stop.Token), CancellationToken.None)));
        await Task.Delay(killAfter, time, cancellation);
        await silo.KillAsync();
        await stop.CancelAsync();
        await running.WaitAsync(s_endPatience, time, cancellation);
        return [.. callers.Select(caller => caller.Ledger)];
    }
}
