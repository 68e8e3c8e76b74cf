using GridMesh.Postgres.Fixture;

namespace GridMesh.Load.Cluster;

/// <summary>What users of several silos and gateways notice when a silo is killed, drained or added.</summary>
internal sealed class ClusterScenario(LoadContext context)
{
    private const int SiloCount = 3;
    private const int GatewayCount = 2;

    /// <summary>Callers, in grids of as many places, with a pause between their commands.</summary>
    private const int CrewSize = 12;

    /// <summary>Grids that are watched, at most one of each community.</summary>
    private const int GridsWatched = 8;
    private const int CommunityDigits = 12;
    private static readonly TimeSpan s_callerPause = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan s_lookBack = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_answerMax = TimeSpan.FromMinutes(2);
    private readonly TimeProvider _time = context.Time;
    private readonly string _run = Guid.NewGuid().ToString("N")[..8];

    public async Task<Report> RunAsync(CancellationToken cancellation)
    {
        using var folder = new TemporaryFolder();
        await using var server = await PostgresServer.StartNewAsync();
        var database = await server.CreateDatabaseAsync();
        var setup = context.Setup(folder.Path, database);
        var report = context.Report(await setup.SubjectAsync(cancellation));
        await using var mesh = new Mesh(setup);
        var silos = new List<SiloProcess>();
        for (var number = 1; number <= SiloCount; number++)
        {
            silos.Add(mesh.StartSilo($"silo-{number}", hasDemo: number == 1));
            await silos[^1].ReadyAsync(cancellation);
        }

        var gateways = Enumerable.Range(1, GatewayCount)
            .Select(number => new MeshClient(mesh.StartGateway($"gateway-{number}").Url)).ToArray();
        try
        {
            await mesh.ReadyAsync(cancellation);
            var began = _time.GetUtcNow();
            var crew = await Crew.SignInAsync(gateways[0], City.Codes(1)[0], CrewSize);
            var ledgers = await ChangeAsync(report, mesh, silos, gateways, crew, database, cancellation);
            context.Say("looking up what was acknowledged");
            var settled = await new CaseLookup(gateways[0], crew, context.Say)
                .SettleAsync(ledgers, began, cancellation);
            var notInOrder = await mesh.StopAsync();
            Settle(report, settled, ledgers, notInOrder, await setup.VerifyAsync(cancellation));
            return report;
        }
        finally
        {
            Array.ForEach(gateways, client => client.Dispose());
        }
    }

    private async Task<IReadOnlyList<Ledger>> ChangeAsync(
        Report report, Mesh mesh, List<SiloProcess> silos, MeshClient[] gateways, Crew crew, string database,
        CancellationToken cancellation)
    {
        var district = crew.District;
        string[] grids = [.. crew.Members.Select(member => member.Grid).DistinctBy(grid => grid[..CommunityDigits])
            .Take(GridsWatched)];
        var truth = new Truth([district.Code, .. grids], s_lookBack, _time);
        await using var counts = new CaseCounts(database, truth, _time);
        await using var walls = new Watchers(_time, context.Say);
        await walls.WatchAsync([.. gateways.Select(client => client.Url)], crew.Viewer, district.Code, grids);
        var calls = new Gateways(gateways, s_answerMax, _time);
        var callers = crew.Members.Select((member, i) => new CaseCaller(calls, crew, member, $"{_run}-c{i}", _time)
            { Pause = s_callerPause }).ToArray();
        var script = new FaultScript(mesh, silos, calls, crew, truth, walls, _run, context);
        await CaseCaller.WhileAsync(callers, script.RunAsync, cancellation);
        context.Say($"walls: {walls.Count}, connections broken {walls.Breaks}, gaps {walls.Gaps}");
        report.Loads.Add(LoadFigures.Of("command of a lifecycle", calls.Latency));
        script.Tell(report);
        return [.. callers.Select(caller => caller.Ledger), .. script.Ledgers];
    }

    private static void Settle(
        Report report, Settlement settled, IReadOnlyList<Ledger> ledgers, IReadOnlyList<string> notInOrder,
        Verified verified)
    {
        report.Add("commands acknowledged and looked up", settled.Acknowledged);
        report.Add("commands sent more than once", settled.Unanswered);
        report.Notes.AddRange(notInOrder.Select(name => $"did not stop in order: {name}"));
        report.Notes.AddRange(Ledger.Refusals(ledgers));
        report.Thresholds.AddRange(
        [
            Verdict.Zero("acknowledged commands lost", settled.Lost),
            Verdict.Zero(
                "commands without an answer at first that are not there exactly once", settled.Wrong),
            Verdict.Yes("commands were acknowledged", settled.Acknowledged > 0), verified.Verdict,
            Verdict.Zero("processes that did not stop in order", notInOrder.Count),
        ]);
    }
}
