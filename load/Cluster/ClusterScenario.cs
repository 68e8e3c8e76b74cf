namespace GridMesh.Load.Cluster;

/// <summary>What <c>cluster</c> is asked to do. One silo has the demo, one is killed, one is drained.</summary>
internal sealed record ClusterOptions : LoadOptions
{
    [Asked("A database on a PostgreSQL where others may be made. 可建库的数据库连接串。", IsPrivate = true)]
    public string? Connection { get; init; }

    [Asked("Silos of the cluster. 节点数。", 3, 8)]
    public int Silos { get; init; } = 3;

    [Asked("Gateways in front of them. 网关数。", 1, 4)]
    public int Gateways { get; init; } = 2;

    [Asked("Speed of the demo traffic, which runs all the time. 演示流量倍速。", 0.1, 100)]
    public double Speed { get; init; } = 5;

    [Asked("Reports a second while the way to the wall is measured. 每秒上报数。", 0, 1_000)]
    public double Rate { get; init; } = 5;

    [Asked("Seconds of each measurement. 每项测量时长（秒）。", 0, 600)]
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(20);

    [Asked("Callers of whole lifecycles. 闭环并发数。", 1, 256)]
    public int Callers { get; init; } = 16;

    [Asked("District to work in. 区划代码。")]
    public string Area { get; init; } = "450105";

    [Asked("Folder for what the processes print. 进程日志目录。", IsPrivate = true)]
    public string? Logs { get; init; }

    public override IEnumerable<string> Problems() => string.IsNullOrEmpty(Connection)
        ? ["--connection is missing; the silos meet in a PostgreSQL, such as "
            + "Host=127.0.0.1;Username=postgres;Database=postgres"]
        : [];
}

/// <summary>
/// Several silos and gateways under traffic: what one silo and several carry beside a process that is no part of a
/// cluster, and what users notice when a silo is killed, drained or added. Each phase has a database of its own.
/// </summary>
internal sealed class ClusterScenario(ClusterOptions options, LoadContext context)
{
    /// <summary>
    /// Callers while the cluster changes, in grids of as many places, with a pause between their commands.
    /// </summary>
    private const int CrewSize = 12;

    /// <summary>Grids that are watched, at most one of each community.</summary>
    private const int GridsWatched = 8;
    private const int CommunityDigits = 12;
    private static readonly TimeSpan s_callerPause = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan s_lookBack = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_answerMax = TimeSpan.FromMinutes(2);
    private readonly TimeProvider _time = context.Time;
    private readonly string _run = Guid.NewGuid().ToString("N")[..8];
    private readonly Report _report = context.Report();
    private readonly List<Ledger> _ledgers = [];
    private readonly List<Settlement> _settled = [];
    private readonly List<string> _notInOrder = [];
    private int _clean;

    public async Task<Report> RunAsync(CancellationToken cancellation)
    {
        if (options.Logs is { } logs)
            Directory.CreateDirectory(logs);
        await PhaseAsync(
            "local", "local", mesh => Task.FromResult<Uri[]>([mesh.StartLocal("local").Url]), null, cancellation);
        await PhaseAsync("one silo", "one",
            mesh => Task.FromResult<Uri[]>([mesh.StartSilo("silo", hasDemo: true).Url]), null, cancellation);
        var silos = new List<SiloProcess>();
        await PhaseAsync(
            $"{options.Silos} silos", "several", mesh => StartAsync(mesh, silos, cancellation), silos, cancellation);
        return Settle();
    }

    private async Task<Uri[]> StartAsync(Mesh mesh, List<SiloProcess> silos, CancellationToken cancellation)
    {
        for (var number = 1; number <= options.Silos; number++)
        {
            silos.Add(mesh.StartSilo($"silo-{number}", hasDemo: number == 1));
            await silos[^1].ReadyAsync(cancellation);
        }

        return [.. Enumerable.Range(1, options.Gateways).Select(number => mesh.StartGateway($"gateway-{number}").Url)];
    }

    /// <summary>Measured, changed under traffic where there are silos to change, looked up, verified.</summary>
    private async Task PhaseAsync(
        string phase, string name, Func<Mesh, Task<Uri[]>> start, List<SiloProcess>? silos,
        CancellationToken cancellation)
    {
        using var folder = new TemporaryFolder();
        await using var database = await Database.CreateAsync(options.Connection!, $"{_run}_{name}");
        var setup = context.Setup(folder.Path, database.Connection) with { LogFolder = options.Logs };
        _report.Subject = await setup.SubjectAsync(cancellation);
        await using var mesh = new Mesh(setup, name, options);
        context.Say($"{phase}: starting");
        var doors = await start(mesh);
        await mesh.ReadyAsync(cancellation);
        var began = _time.GetUtcNow();
        var clients = doors.Select(door => new MeshClient(door)).ToArray();
        try
        {
            var crew = await Crew.SignInAsync(clients[0], options.Area, options.Callers);
            var ledgers = await MeasureAsync(phase, clients, crew, $"{_run}-{name[0]}", cancellation);
            if (silos is not null)
                ledgers.AddRange(await ChangeAsync(mesh, silos, clients, database, cancellation));
            context.Say("looking up what was acknowledged");
            _settled.Add(
                await new CaseLookup(clients[0], crew, context.Say).SettleAsync(ledgers, began, cancellation));
            context.Say($"{_settled[^1]}");
            _ledgers.AddRange(ledgers);
            _notInOrder.AddRange(await mesh.StopAsync());
            var verified = await setup.VerifyAsync(cancellation);
            context.Say(verified.Output);
            _clean += verified.IsClean ? 1 : 0;
        }
        finally
        {
            Array.ForEach(clients, client => client.Dispose());
        }
    }

    /// <summary>
    /// Every phase in the same way: first reports at a steady rate until they are on walls, in by the first door and
    /// watched by the last, so that facts cross where they can; then whole lifecycles as fast as some callers can.
    /// </summary>
    private async Task<List<Ledger>> MeasureAsync(
        string phase, MeshClient[] clients, Crew crew, string keyPrefix, CancellationToken cancellation)
    {
        var (warm, _) = await LifecyclesAsync(clients, crew, $"{keyPrefix}-w", s_warmUp, cancellation);
        await using (var way = await WayToWall.OpenAsync(
            clients[0], clients[^1].Url, options.Area, crew.Viewer, options.Seed, _time))
        {
            var (toDistrict, toGrid) = way.Scenarios(options.Rate, options.Duration, s_warmUp, $"{phase}: ");
            Threshold[] noneIsLost = [Threshold.NoneFails with { Step = WayToWall.OnTheWall }];
            await using var doors = Product.Beside(clients[0].Url, null, context);
            await doors.LoadAsync(
                [toDistrict with { Thresholds = noneIsLost }, toGrid with { Thresholds = noneIsLost }], cancellation,
                _report, $"{phase}, ", WayToWall.Patience * 2);
        }

        var began = _time.GetTimestamp();
        var (callers, latency) = await LifecyclesAsync(clients, crew, $"{keyPrefix}-m", options.Duration, cancellation);
        var took = _time.GetElapsedTime(began).TotalSeconds;
        _report.Loads.Add(LoadFigures.Of($"{phase}: command of a lifecycle", latency));
        _report.Add($"{phase}: lifecycles", callers.Sum(caller => caller.Lifecycles) / took, "/s");
        _report.Add($"{phase}: commands of lifecycles", latency.TotalCount / took, "/s");
        _report.Add($"{phase}: load average of the machine", LoadContext.LoadAverage() ?? -1);
        return [.. warm.Concat(callers).Select(caller => caller.Ledger)];
    }

    private async Task<(CaseCaller[] Callers, HistogramBase Latency)> LifecyclesAsync(
        MeshClient[] clients, Crew crew, string keyPrefix, TimeSpan duration, CancellationToken cancellation)
    {
        var doors = new Doors(clients, s_answerMax, _time);
        var callers = Enumerable.Range(0, options.Callers).Select(i => new CaseCaller(
            doors, crew, crew.Members[i % crew.Members.Count], $"{keyPrefix}{i}", _time)).ToArray();
        await CaseCaller.WhileAsync(callers, stop => Task.Delay(duration, _time, stop), cancellation);
        return (callers, doors.Latency);
    }

    private async Task<IEnumerable<Ledger>> ChangeAsync(
        Mesh mesh, List<SiloProcess> silos, MeshClient[] clients, Database database, CancellationToken cancellation)
    {
        var crew = await Crew.SignInAsync(clients[0], options.Area, CrewSize);
        var district = crew.District;
        string[] grids = [.. crew.Members.Select(member => member.Grid).DistinctBy(grid => grid[..CommunityDigits])
            .Take(GridsWatched)];
        var truth = new Truth([district.Code, .. grids], s_lookBack, _time);
        await using var counts = new CaseCounts(database.Connection, district.Code, truth, _time);
        await using var walls = new Watchers(_time, context.Say);
        await walls.WatchAsync([.. clients.Select(client => client.Url)], crew.Viewer, district.Code, grids);
        var doors = new Doors(clients, s_answerMax, _time);
        var callers = crew.Members.Select((member, i) => new CaseCaller(doors, crew, member, $"{_run}-c{i}", _time)
            { Pause = s_callerPause }).ToArray();
        var script = new FaultScript(mesh, silos, doors, district, crew, truth, walls, _run, context);
        await CaseCaller.WhileAsync(callers, script.RunAsync, cancellation);
        context.Say($"walls: {walls.Count}, connections broken {walls.Breaks}, gaps {walls.Gaps}");
        Tell(script);
        return [.. callers.Select(caller => caller.Ledger), .. script.Ledgers];
    }

    private void Tell(FaultScript script)
    {
        _report.Figures.AddRange(script.Faults.SelectMany(fault => fault.Figures).Concat(script.Figures));
        _report.Notes.Add(
            "-1 means never; seconds count from the beginning of a change; "
            + $"a drain serves on for {Mesh.DrainSeconds} s first");
        _report.Notes.AddRange(
            from fault in script.Faults
            from code in fault.Timeline.Codes
            select $"{fault.Name}: {code.Value} x {code.Key}");
        _report.Thresholds.AddRange(script.Faults.Select(fault => fault.Verdict).Concat(script.Verdicts));
    }

    /// <summary>What became of every command of every phase in the end.</summary>
    private Report Settle()
    {
        var acknowledged = _settled.Sum(settled => settled.Acknowledged);
        _report.Add("commands acknowledged and looked up", acknowledged);
        _report.Add("commands sent more than once", _settled.Sum(settled => settled.Unanswered));
        _report.Notes.AddRange(_notInOrder.Select(name => $"did not stop in order: {name}"));
        _report.Thresholds.AddRange(
        [
            Verdict.Zero("acknowledged commands lost", _settled.Sum(settled => settled.Lost)),
            Verdict.Zero(
                "commands without an answer at first that are not there exactly once",
                _settled.Sum(settled => settled.Wrong)),
            Verdict.Yes("commands were acknowledged", acknowledged > 0),
            Verdict.Equal("verify clean", _settled.Count, _clean),
            Verdict.Zero("processes that did not stop in order", _notInOrder.Count),
        ]);
        _report.Notes.AddRange(Ledger.Refusals(_ledgers));
        return _report;
    }
}
