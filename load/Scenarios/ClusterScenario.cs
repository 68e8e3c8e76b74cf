using GridMesh.Load.Clients;
using GridMesh.Load.Cluster;
using GridMesh.Load.Kills;
using GridMesh.Load.Products;
using GridMesh.Load.Reports;

namespace GridMesh.Load.Scenarios;

/// <summary>
/// Several silos and gateways under traffic: what one silo and several carry beside a process that is no part of a
/// cluster, and what users notice when a silo is killed, drained or added. Each phase has a database of its own.
/// </summary>
internal sealed class ClusterScenario(ClusterOptions options, ScenarioContext context)
{
    public const string Name = "cluster";

    /// <summary>Callers while the cluster changes, in grids of as many places, with a pause between their commands.</summary>
    private const int CrewSize = 12;

    /// <summary>Grids that are watched, at most one of each community.</summary>
    private const int GridsWatched = 8;

    private const int CommunityDigits = 12;

    private static readonly TimeSpan s_callerPause = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan s_lookBack = TimeSpan.FromSeconds(2);

    private readonly TimeProvider _time = context.Time;
    private readonly string _run = Guid.NewGuid().ToString("N")[..8];
    private readonly List<PhaseResult> _phases = [];
    private readonly List<Settlement> _settlements = [];
    private readonly List<Ledger> _ledgers = [];

    public async Task<Report> RunAsync(CancellationToken cancellation)
    {
        if (options.Logs is { } logs)
        {
            Directory.CreateDirectory(logs);
        }

        await MeasureAsync("local", mesh => mesh.StartLocal("local"), cancellation);
        await MeasureAsync("one silo", mesh => mesh.StartSilo("silo", hasDemo: true), cancellation);
        var script = await SeveralAsync(cancellation);
        return ClusterReport.Compose(
            options, context,
            new ClusterFindings(_phases, _settlements, script.Faults, script.Drained, script.Joined, _ledgers,
                SiloBuild.Of(SiloSetup.FindAssembly(context.Silo))));
    }

    /// <summary>One process with doors: measured, looked up, verified.</summary>
    private async Task MeasureAsync(string phase, Func<Mesh, SiloProcess> start, CancellationToken cancellation)
    {
        using var folder = new TemporaryFolder();
        await using var database = await RunDatabase.CreateAsync(options.Connection!, $"{_run}_{phase.Split(' ')[0]}");
        var setup = SetupOf(folder, database);
        using var mesh = new Mesh(setup, phase.Split(' ')[0], options, _time);
        context.Say($"{phase}: starting");
        var process = start(mesh);
        await process.ReadyAsync(cancellation);
        await MeasureAsync(phase, mesh, setup, [process.Url], cancellation);
    }

    private async Task MeasureAsync(string phase, Mesh mesh, SiloSetup setup, IReadOnlyList<Uri> doors, CancellationToken cancellation)
    {
        var began = _time.GetUtcNow();
        var crew = await SignInAsync(doors[0], options.Callers);
        var (result, ledgers) = await new PhaseMeasure(phase, doors, options, context).RunAsync(crew, $"{_run}-{phase[0]}", cancellation);
        _phases.Add(result);
        await SettleAsync(mesh, setup, doors[0], crew, ledgers, began, cancellation);
    }

    /// <summary>Several silos and gateways: measured, changed under traffic, looked up, verified.</summary>
    private async Task<FaultScript> SeveralAsync(CancellationToken cancellation)
    {
        var phase = $"{options.Silos} silos";
        using var folder = new TemporaryFolder();
        await using var database = await RunDatabase.CreateAsync(options.Connection!, $"{_run}_several");
        var setup = SetupOf(folder, database);
        using var mesh = new Mesh(setup, "several", options, _time);
        context.Say($"{phase}: starting, and {options.Gateways} gateways");
        var silos = new List<SiloProcess>();
        for (var number = 1; number <= options.Silos; number++)
        {
            silos.Add(mesh.StartSilo($"silo-{number}", hasDemo: number == 1));
            await silos[^1].ReadyAsync(cancellation);
        }

        var gateways = Enumerable.Range(1, options.Gateways).Select(number => mesh.StartGateway($"gateway-{number}")).ToArray();
        await Task.WhenAll(gateways.Select(gateway => gateway.ReadyAsync(cancellation)));
        Uri[] doors = [.. gateways.Select(gateway => gateway.Url)];
        var began = _time.GetUtcNow();
        var crew = await SignInAsync(doors[0], options.Callers);
        var (result, ledgers) = await new PhaseMeasure(phase, doors, options, context).RunAsync(crew, $"{_run}-n", cancellation);
        _phases.Add(result);
        var (script, changed) = await ChangeAsync(mesh, silos, doors, database, cancellation);
        await SettleAsync(mesh, setup, doors[0], crew, [.. ledgers, .. changed], began, cancellation);
        return script;
    }

    /// <summary>Runs the callers and, meanwhile, the changes; answers what was acknowledged.</summary>
    private async Task<(FaultScript Script, IReadOnlyList<Ledger> Ledgers)> ChangeAsync(
        Mesh mesh, List<SiloProcess> silos, Uri[] doors, RunDatabase database, CancellationToken cancellation)
    {
        var clients = doors.Select(door => new MeshClient(door)).ToArray();
        try
        {
            var crew = await SignInAsync(doors[0], CrewSize);
            var district = await District.LoadAsync(clients[0], options.Area, crew.Viewer);
            string[] grids = [.. crew.Members.Select(member => member.Grid).DistinctBy(grid => grid[..CommunityDigits]).Take(GridsWatched)];
            var truth = new Truth([district.Code, .. grids], s_lookBack, _time);
            await using var counts = new CaseCounts(database.Connection, district.Code, truth, _time);
            await using var walls = new Watchers(_time, context.Say);
            await walls.WatchAsync(doors, crew.Viewer, district.Code, grids);
            var mouths = new Doors(clients, _time);
            var callers = crew.Members.Select((member, i) => new LoopCaller(mouths, crew, member, $"{_run}-c{i}", s_callerPause, _time)).ToArray();
            var script = new FaultScript(mesh, silos, mouths, district, crew, truth, walls, _run, context);
            await WhileAsync(callers, script.RunAsync, cancellation);
            context.Say($"walls: {walls.Count}, connections broken {walls.Breaks}, gaps {walls.Gaps}");
            return (script, [.. callers.Select(caller => caller.Ledger), .. script.Ledgers]);
        }
        finally
        {
            Array.ForEach(clients, client => client.Dispose());
        }
    }

    /// <summary>Runs something while callers go on; where it fails, they give up at once.</summary>
    private static async Task WhileAsync(
        IReadOnlyList<LoopCaller> callers, Func<CancellationToken, Task> run, CancellationToken cancellation)
    {
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(giveUp.Token);
        var running = Task.WhenAll(callers.Select(caller => Task.Run(() => caller.RunAsync(stop.Token, giveUp.Token), CancellationToken.None)));
        try
        {
            await run(cancellation);
        }
        catch
        {
            await giveUp.CancelAsync();
            throw;
        }
        finally
        {
            await stop.CancelAsync();
            await running;
        }
    }

    private async Task SettleAsync(
        Mesh mesh, SiloSetup setup, Uri door, Crew crew, IReadOnlyList<Ledger> ledgers, DateTimeOffset began, CancellationToken cancellation)
    {
        _ledgers.AddRange(ledgers);
        _settlements.Add(await Settlement.SettleAsync(mesh, setup, door, crew, ledgers, began, context.Say, _time, cancellation));
    }

    private async Task<Crew> SignInAsync(Uri door, int size)
    {
        using var client = new MeshClient(door);
        return await Crew.SignInAsync(client, options.Area, size);
    }

    private SiloSetup SetupOf(TemporaryFolder folder, RunDatabase database) =>
        context.Setup(folder.Path, database.Connection) with { LogFolder = options.Logs };
}
