namespace GridMesh.Load.Cluster;

internal sealed class Settled
{
    private readonly List<Settlement> _settled = [];
    private int _clean;
    private readonly List<string> _notInOrder = [];

    /// <summary>Looks everything up, stops the processes, verifies their database.</summary>
    public async Task SettleAsync(
        Mesh mesh, SiloSetup setup, MeshClient client, Crew crew, IReadOnlyList<Ledger> ledgers, DateTimeOffset began,
        LoadContext context, CancellationToken cancellation)
    {
        context.Say("looking up what was acknowledged");
        _settled.Add(await new CaseLookup(client, crew, context.Say).SettleAsync(ledgers, began, cancellation));
        context.Say($"{_settled[^1]}");
        _notInOrder.AddRange(await mesh.StopAsync());
        var verified = await setup.VerifyAsync(cancellation);
        context.Say(verified.Output);
        _clean += verified.IsClean ? 1 : 0;
    }

    public void Tell(Report report)
    {
        var acknowledged = _settled.Sum(settled => settled.Acknowledged);
        report.Add("commands acknowledged and looked up", acknowledged);
        report.Add("commands sent more than once", _settled.Sum(settled => settled.Unanswered));
        report.Notes.AddRange(_notInOrder.Select(name => $"did not stop in order: {name}"));
        report.Thresholds.AddRange(
        [
            Verdict.Zero("acknowledged commands lost", _settled.Sum(settled => settled.Lost)),
            Verdict.Zero(
                "commands without an answer at first that are not there exactly once",
                _settled.Sum(settled => settled.Wrong)),
            Verdict.Yes("commands were acknowledged", acknowledged > 0),
            Verdict.Equal("verify clean", _settled.Count, _clean),
            Verdict.Zero("processes that did not stop in order", _notInOrder.Count),
        ]);
    }
}
