using GridMesh.Load.Clients;
using GridMesh.Load.Kills;
using GridMesh.Load.Products;

namespace GridMesh.Load.Cluster;

/// <summary>What became of every command in the end.</summary>
/// <param name="Lost">Acknowledged facts that are not in their case's history at their place once.</param>
/// <param name="Retried">Commands whose first attempt had no answer.</param>
/// <param name="Wrong">Of these, those that are not there exactly once.</param>
/// <param name="NotInOrder">Processes that did not stop in order.</param>
internal sealed record Settlement(
    long Acknowledged, int Lost, int Retried, int Wrong, bool IsClean, double VerifySeconds, IReadOnlyList<string> NotInOrder)
{
    /// <summary>Looks everything up, stops the processes, verifies their database.</summary>
    public static async Task<Settlement> SettleAsync(
        Mesh mesh, SiloSetup setup, Uri door, Crew crew, IReadOnlyList<Ledger> ledgers, DateTimeOffset began, Action<string> say,
        TimeProvider time, CancellationToken cancellation)
    {
        var acknowledged = ledgers.Sum(ledger => ledger.Acknowledged);
        var retried = ledgers.Sum(ledger => ledger.Unanswered.Count);
        say($"looking up {acknowledged} acknowledged commands, {retried} of which or besides had no answer at first");
        using var client = new MeshClient(door);
        var lookup = new CaseLookup(client, crew, say);
        var lost = await lookup.LostAsync(ledgers.SelectMany(ledger => ledger.Cases), cancellation);
        var wrong = 0;
        await Parallel.ForEachAsync(
            ledgers, new ParallelOptions { MaxDegreeOfParallelism = CaseLookup.AtOnceMax, CancellationToken = cancellation },
            async (ledger, stop) => Interlocked.Add(
                ref wrong, await new Retry(client, crew, lookup, say).WrongAsync(ledger, began, stop)));
        var notInOrder = await mesh.StopAsync();
        var verified = await SiloVerify.RunAsync(setup, time, cancellation);
        say(verified.Output);
        return new Settlement(acknowledged, lost, retried, wrong, verified.IsClean, verified.Seconds, notInOrder);
    }
}
