using GridMesh.Load.Clients;
using GridMesh.Load.Kills;
using GridMesh.Load.Measuring;
using GridMesh.Load.Scenarios;

namespace GridMesh.Load.Cluster;

/// <summary>What one phase came to.</summary>
/// <param name="Missing">Acknowledged cases whose card did not come, on the district's wall or the grid's.</param>
/// <param name="Refused">Reports that were refused, unanswered or skipped.</param>
/// <param name="LifecyclesPerSecond">Cases taken through all seven commands.</param>
/// <param name="MachineLoad">The system's load average of one minute at the end; phases at unlike loads compare badly.</param>
internal sealed record PhaseResult(
    string Name, IReadOnlyList<LatencySummary> Latencies, int Missing, int Refused, double LifecyclesPerSecond,
    double CommandsPerSecond, double? MachineLoad)
{
    public LatencySummary Command => Latencies[^1];
}

/// <summary>
/// Measures a running product through its doors, every phase in the same way: first reports at a steady rate until they
/// are on walls, then whole lifecycles as fast as some callers can; the demo's traffic runs all the time.
/// </summary>
/// <param name="doors">Addresses; reports go in by the first and walls watch by the last, so that facts cross where they can.</param>
internal sealed class PhaseMeasure(string phase, IReadOnlyList<Uri> doors, ClusterOptions options, ScenarioContext context)
{
    private const int WatchedEvery = 5;

    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_cardsMax = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(50);

    private readonly TimeProvider _time = context.Time;

    /// <param name="keyPrefix">Begins the keys of the callers' commands.</param>
    /// <returns>The figures, and what was acknowledged to the callers.</returns>
    public async Task<(PhaseResult Result, IReadOnlyList<Ledger> Ledgers)> RunAsync(
        Crew crew, string keyPrefix, CancellationToken cancellation)
    {
        using var client = new MeshClient(doors[0]);
        var district = await District.LoadAsync(client, options.Area, crew.Viewer);
        context.Say($"{phase}: warming up, not measured");
        var (warm, _) = await LifecyclesAsync(crew, $"{keyPrefix}-w", s_warmUp, cancellation);
        var (reporter, skipped) = await ReportsAsync(client, district, crew, cancellation);
        context.Say($"{phase}: report -> district's wall p50 {reporter.OnDistrict.Latency.Percentile(0.5).TotalMilliseconds:F0} ms, p99 {reporter.OnDistrict.Latency.Percentile(0.99).TotalMilliseconds:F0} ms");
        var began = _time.GetTimestamp();
        var (callers, latency) = await LifecyclesAsync(crew, $"{keyPrefix}-m", options.Duration, cancellation);
        var took = _time.GetElapsedTime(began).TotalSeconds;
        var lifecycles = callers.Sum(caller => caller.Lifecycles) / took;
        context.Say($"{phase}: {lifecycles:F1} lifecycles/s, {latency.Count / took:F0} commands/s, p95 {latency.Percentile(0.95).TotalMilliseconds:F0} ms");
        LatencySummary[] latencies =
        [
            reporter.Acknowledged.Summarise($"{phase}: report -> acknowledged"),
            reporter.OnDistrict.Latency.Summarise($"{phase}: report -> frame, district"),
            reporter.OnGrid.Latency.Summarise($"{phase}: report -> frame, grid"),
            latency.Summarise($"{phase}: command of a lifecycle"),
        ];
        return (
            new PhaseResult(
                phase, latencies, reporter.OnDistrict.Missing + reporter.OnGrid.Missing, reporter.Failed + skipped, lifecycles,
                latency.Count / took, MachineLoad.Read()),
            [.. warm.Concat(callers).Select(caller => caller.Ledger)]);
    }

    private async Task<(Reporter Reporter, int Skipped)> ReportsAsync(
        MeshClient client, District district, Crew crew, CancellationToken cancellation)
    {
        var watched = district.Grids[new Random(options.Seed).Next(district.Grids.Count)];
        var reporter = await Reporter.SignInAsync(client, district, watched, WatchedEvery, options.Seed, _time);
        await new OpenLoad(new OpenSchedule(options.Rate, s_warmUp), Reporter.InFlightMax, _time).RunAsync(reporter.ReportAsync, cancellation);
        reporter.Begin();
        await using var districtWall = await Wall.WatchAsync(doors[^1], crew.Viewer, district.Code, _time, reporter.OnDistrict.See);
        await using var gridWall = await Wall.WatchAsync(doors[^1], crew.Viewer, watched.Code, _time, reporter.OnGrid.See);
        var load = new OpenLoad(new OpenSchedule(options.Rate, options.Duration), Reporter.InFlightMax, _time);
        await load.RunAsync(reporter.ReportAsync, cancellation);
        var ended = _time.GetTimestamp();
        while (reporter.OnDistrict.Missing + reporter.OnGrid.Missing > 0 && _time.GetElapsedTime(ended) < s_cardsMax)
        {
            await Task.Delay(s_pause, _time, cancellation);
        }

        return (reporter, load.Skipped);
    }

    private async Task<(IReadOnlyList<LoopCaller> Callers, Histogram Latency)> LifecyclesAsync(
        Crew crew, string keyPrefix, TimeSpan duration, CancellationToken cancellation)
    {
        var clients = doors.Select(door => new MeshClient(door)).ToArray();
        try
        {
            var mesh = new Doors(clients, _time);
            var callers = Enumerable.Range(0, options.Callers).Select(i => new LoopCaller(
                mesh, crew, crew.Members[i % crew.Members.Count], $"{keyPrefix}{i}", TimeSpan.Zero, _time)).ToArray();
            using var over = new CancellationTokenSource(duration, _time);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(over.Token, cancellation);
            await Task.WhenAll(callers.Select(caller => Task.Run(() => caller.RunAsync(stop.Token, cancellation), CancellationToken.None)));
            return (callers, mesh.Latency);
        }
        finally
        {
            Array.ForEach(clients, client => client.Dispose());
        }
    }
}
