namespace GridMesh.Load.Patrols;

/// <summary>A plan as the product has it, with who walks it.</summary>
/// <param name="Codes">What hangs at the checkpoints that are scanned.</param>
internal sealed record Walk(
    RoundPlan Plan, string PlanId, IReadOnlyDictionary<string, string> Tokens,
    IReadOnlyDictionary<string, string> Codes);

internal sealed record Visit(Walk Walk, RoundPoint Point);

/// <summary>Makes the plans, sends people on duty and has the codes printed.</summary>
internal sealed class RoundPlanner(MeshClient client, string district, RoundWindow window)
{
    private const int AtOnce = 16;

    public async Task<IReadOnlyList<Walk>> BeginAsync(IReadOnlyList<RoundPlan> plans, CancellationToken cancellation)
    {
        var supervisor = await client.TokenAsync("supervisor", district, cancellation: cancellation);
        var walks = new Walk[plans.Count];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, plans.Count),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation },
            async (i, stop) => walks[i] = await BeginAsync(plans[i], supervisor, stop));
        return walks;
    }

    public static IReadOnlyList<Visit> VisitsOf(IReadOnlyList<Walk> walks) =>
    [
        .. walks.SelectMany(
            walk => walk.Plan.Points.Where(point => !point.IsMissed).Select(point => new Visit(walk, point)))
            .OrderBy(visit => visit.Point.When),
    ];

    private async Task<Walk> BeginAsync(RoundPlan plan, string supervisor, CancellationToken cancellation)
    {
        var tokens = new Dictionary<string, string>();
        foreach (var worker in plan.Workers)
        {
            tokens[worker] = await client.TokenAsync("worker", plan.Grid, worker, cancellation);
            await client.BeginShiftAsync(worker, tokens[worker], cancellation);
        }

        var made = (await client.PostAsync(
            $"areas/{plan.Grid}/patrol-plans", supervisor, BodyOf(plan), $"plan-{plan.Grid}", cancellation))
            .Expect($"a plan in {plan.Grid}");
        var id = made.GetProperty("id").GetString()!;
        var codes = new Dictionary<string, string>();
        foreach (var point in plan.Points.Where(point => point is { ByCode: true, IsMissed: false }))
        {
            var shown = await client.GetAsync(
                $"areas/{plan.Grid}/patrol-plans/{id}/checkpoints/{point.Id}/code", supervisor, cancellation);
            codes[point.Id] = shown.Expect("a code").GetProperty("code").GetString()!;
        }

        return new Walk(plan, id, tokens, codes);
    }

    private object BodyOf(RoundPlan plan) => new
    {
        name = "负载巡查",
        line = "Emergency",
        checkpoints = plan.Points.Select(point => new
        {
            id = point.Id, name = point.Id, position = new { lng = point.At.Lng, lat = point.At.Lat },
            radius = RoundPlan.Radius,
        }),
        windows = new[] { new { from = window.From, to = window.To } },
    };
}
