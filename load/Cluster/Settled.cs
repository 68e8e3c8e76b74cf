namespace GridMesh.Load.Cluster;

/// <summary>What became of every command of every phase in the end.</summary>
internal sealed class Settled
{
    private long _acknowledged;
    private int _retried;
    private int _lost;
    private int _wrong;
    private int _phases;
    private int _clean;
    private readonly List<string> _notInOrder = [];

    /// <summary>Looks everything up, stops the processes, verifies their database.</summary>
    public async Task SettleAsync(
        Mesh mesh, SiloSetup setup, MeshClient client, Crew crew, IReadOnlyList<Ledger> ledgers, DateTimeOffset began,
        LoadContext context, CancellationToken cancellation)
    {
        var (acknowledged, retried) = (ledgers.Sum(ledger => ledger.Acknowledged),
            ledgers.Sum(ledger => ledger.Unanswered.Count));
        (_acknowledged, _retried) = (_acknowledged + acknowledged, _retried + retried);
        context.Say(
            $"looking up {acknowledged} acknowledged commands, {retried} of which or besides had no answer at first");
        var lookup = new CaseLookup(client, crew, context.Say);
        _lost += await lookup.LostAsync(ledgers.SelectMany(ledger => ledger.Cases), cancellation);
        await Parallel.ForEachAsync(
            ledgers,
            new ParallelOptions { MaxDegreeOfParallelism = CaseLookup.AtOnceMax, CancellationToken = cancellation },
            async (ledger, stop) => Interlocked.Add(
                ref _wrong, await new Retry(client, crew, lookup, context.Say).WrongAsync(ledger, began, stop)));
        _notInOrder.AddRange(await mesh.StopAsync());
        var verified = await setup.VerifyAsync(cancellation);
        context.Say(verified.Output);
        _phases++;
        _clean += verified.IsClean ? 1 : 0;
    }

    public void Tell(Report report)
    {
        report.Add("commands acknowledged and looked up", _acknowledged);
        report.Add("commands sent more than once", _retried);
        report.Notes.AddRange(_notInOrder.Select(name => $"did not stop in order: {name}"));
        report.Thresholds.AddRange(
        [
            Verdict.Zero("acknowledged commands lost", _lost),
            Verdict.Zero("commands without an answer at first that are not there exactly once", _wrong),
            Verdict.Yes("commands were acknowledged", _acknowledged > 0),
            Verdict.Equal("verify clean", _phases, _clean),
            Verdict.Zero("processes that did not stop in order", _notInOrder.Count),
        ]);
    }
}
