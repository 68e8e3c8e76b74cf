namespace GridMesh.Load.Cluster;

/// <summary>What one change of the cluster came to; seconds count from its beginning.</summary>
/// <param name="Done">Until the change itself was done: the process gone, or ready.</param>
/// <param name="Swept">Until every grid had acknowledged a report; null: one of them never did.</param>
internal sealed record Fault(string Name, double Done, double? Swept, RightWalls Walls, Timeline Timeline)
{
    private const double KillSecondsMax = 15;

    public Verdict Verdict
    {
        get
        {
            var isKill = Name.StartsWith("kill", StringComparison.Ordinal);
            return new Verdict(
                $"{Name}: walls right after",
                isKill ? $"<= {KillSecondsMax} s" : $"<= {Watchers.Patience.TotalSeconds} s after it was done",
                Walls.All is { } found ? $"{found:F1} s" : "never",
                Walls.All is { } seconds && (!isKill || seconds <= KillSecondsMax));
        }
    }

    public IEnumerable<Figure> Figures =>
    [
        new($"{Name}: done", Done, "s"), new($"{Name}: every grid answers", Swept ?? -1, "s"),
        new($"{Name}: district's walls right", Walls.District ?? -1, "s"),
        new($"{Name}: grids' walls right", Walls.Grids ?? -1, "s"),
        new($"{Name}: last failed attempt", Timeline.LastFailure?.TotalSeconds ?? 0, "s"),
        new($"{Name}: attempts failed", Timeline.Failed, ""),
        new($"{Name}: commands answered", Timeline.Answered, ""),
        new($"{Name}: slowest command", Timeline.Slowest.TotalSeconds, "s"),
    ];
}

/// <summary>One change after the other while callers go on; the first is none, to judge the rest by.</summary>
internal sealed class FaultScript(
    Mesh mesh, List<SiloProcess> silos, Gateways calls, Crew crew, Truth truth, Watchers walls, string run,
    LoadContext context)
{
    /// <summary>Grids on a silo: they are never idle, so they move at once; other kinds as they are used.</summary>
    private const string GridCount = "orleans_catalog_activations{grain_type=\"grid\"}";

    /// <summary>Between two changes, and at least for this long after each, commands are watched.</summary>
    private static readonly TimeSpan s_calm = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_shareMax = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_stopMax = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(25);
    private readonly TimeProvider _time = context.Time;
    private readonly List<Fault> _faults = [];

    /// <summary>What is asked of a drain and of a silo that comes, besides.</summary>
    private readonly List<Verdict> _verdicts = [];
    private readonly List<Figure> _figures = [];
    public List<Ledger> Ledgers { get; } = [];

    public async Task RunAsync(CancellationToken cancellation)
    {
        await ChangeAsync("nothing", () => Task.CompletedTask, cancellation);
        await ChangeAsync("kill -9", KillAsync, cancellation);
        await ChangeAsync("drain", () => DrainAsync(cancellation), cancellation);
        await ChangeAsync("a new silo", () => JoinAsync(cancellation), cancellation);
    }

    public void Tell(Report report)
    {
        report.Figures.AddRange(_faults.SelectMany(fault => fault.Figures).Concat(_figures));
        report.Notes.Add(
            "-1 means never; seconds count from the beginning of a change; "
            + $"a drain serves on for {Mesh.DrainSeconds} s first");
        report.Notes.AddRange(
            from fault in _faults
            from code in fault.Timeline.Codes
            select $"{fault.Name}: {code.Value} x {code.Key}");
        report.Thresholds.AddRange(_faults.Select(fault => fault.Verdict).Concat(_verdicts));
    }

    private async Task ChangeAsync(string name, Func<Task> change, CancellationToken cancellation)
    {
        await Task.Delay(s_calm, _time, cancellation);
        var timeline = calls.Timeline = new Timeline(_time);
        var since = _time.GetTimestamp();
        await change();
        var done = _time.GetElapsedTime(since).TotalSeconds;
        var sweep = new Sweep(calls, crew, $"{run}-s{_faults.Count}");
        Ledgers.AddRange(sweep.Ledgers);
        var sweeping = SweepAsync(sweep, since, cancellation);
        var right = await walls.RightAsync(truth, sweep, since, cancellation);
        var swept = await sweeping;
        await Task.Delay(s_calm, _time, cancellation);
        _faults.Add(new Fault(name, done, swept, right, timeline));
        context.Say(
            $"{name}: done after {done:F1} s, every grid answers after {swept:F1} s, "
            + $"walls right after {right.All:F1} s, {timeline.Failed} attempts failed, "
            + $"the last after {timeline.LastFailure?.TotalSeconds:F1} s");
    }

    private async Task<double?> SweepAsync(Sweep sweep, long since, CancellationToken cancellation)
    {
        await sweep.RunAsync(cancellation);
        return sweep.Missing == 0 ? _time.GetElapsedTime(since).TotalSeconds : null;
    }

    /// <summary>Not the first, which has the demo, and not the last, which is drained.</summary>
    private async Task KillAsync()
    {
        var victim = silos[1];
        silos.RemoveAt(1);
        await victim.KillAsync();
        await mesh.RemoveAsync(victim);
    }

    private async Task DrainAsync(CancellationToken cancellation)
    {
        var leaving = silos[^1];
        silos.RemoveAt(silos.Count - 1);
        using var client = new MeshClient(leaving.Url);
        await leaving.SignalAsync();
        var (ending, wasRed) = (leaving.EndAsync(s_stopMax, cancellation), false);
        while (!ending.IsCompleted)
        {
            wasRed |= await client.HealthAsync(cancellation) == 503;
            await Task.WhenAny(ending, Task.Delay(s_pause, _time, cancellation));
        }

        _verdicts.Add(Verdict.Yes("drain: red before the end", wasRed));
        _verdicts.Add(Verdict.Yes("drain: exit code 0", await ending == 0));
        await mesh.RemoveAsync(leaving);
    }

    /// <summary>A silo carries its share when it has half of an even one of the grids.</summary>
    private async Task JoinAsync(CancellationToken cancellation)
    {
        var began = _time.GetTimestamp();
        var silo = mesh.StartSilo("silo-new", hasDemo: false);
        silos.Add(silo);
        await silo.ReadyAsync(cancellation);
        _figures.Add(new Figure("a new silo: ready", _time.GetElapsedTime(began).TotalSeconds, "s"));
        var here = 0.0;
        var isShared = await context.UntilAsync(
            async () =>
            {
                var grids = await Task.WhenAll(silos.Select(GridsAsync));
                here = grids[^1];
                return here > 0 && here * 2 * silos.Count >= grids.Sum();
            },
            s_shareMax, cancellation);
        _figures.Add(
            new Figure("a new silo: grids on it", here, $"after {_time.GetElapsedTime(began).TotalSeconds:F1} s"));
        _verdicts.Add(Verdict.Yes("a new silo: carries its share", isShared));
    }

    private static async Task<double> GridsAsync(SiloProcess silo)
    {
        using var client = new MeshClient(silo.Url);
        return SumOf(await client.MetricsAsync(), GridCount);
    }

    /// <summary>Of all series of a name in the text of <c>/metrics</c>.</summary>
    public static double SumOf(string metrics, string name) => metrics.Split('\n')
        .Where(line => line.StartsWith(name, StringComparison.Ordinal))
        .Sum(line => double.Parse(line.AsSpan(line.LastIndexOf(' ') + 1), CultureInfo.InvariantCulture));
}
