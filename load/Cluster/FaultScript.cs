using GridMesh.Load.Clients;
using GridMesh.Load.Kills;
using GridMesh.Load.Products;
using GridMesh.Load.Scenarios;

namespace GridMesh.Load.Cluster;

/// <summary>
/// What happens to the cluster, one thing after the other, while callers go on: nothing (so that the figures of the rest
/// can be judged), a kill, a drain, a silo that comes.
/// </summary>
internal sealed class FaultScript(
    Mesh mesh, List<SiloProcess> silos, Doors doors, District district, Crew crew, Truth truth, Watchers walls, string run,
    ScenarioContext context)
{
    /// <summary>Between two changes, and at least for this long after each, commands are watched.</summary>
    private static readonly TimeSpan s_calm = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan s_shareMax = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(25);

    private readonly TimeProvider _time = context.Time;

    public List<Fault> Faults { get; } = [];

    /// <summary>What was acknowledged to the sweeps.</summary>
    public List<Ledger> Ledgers { get; } = [];

    public Drained Drained { get; private set; }

    public Joined Joined { get; private set; }

    public async Task RunAsync(CancellationToken cancellation)
    {
        await ChangeAsync("nothing", () => Task.CompletedTask, cancellation);
        await ChangeAsync("kill -9", KillAsync, cancellation);
        await ChangeAsync("drain", () => DrainAsync(cancellation), cancellation);
        await ChangeAsync("a new silo", () => JoinAsync(cancellation), cancellation);
    }

    private async Task ChangeAsync(string name, Func<Task> change, CancellationToken cancellation)
    {
        await Task.Delay(s_calm, _time, cancellation);
        var timeline = new Timeline(_time);
        doors.Timeline = timeline;
        var (epochs, since) = (walls.Epochs(), _time.GetTimestamp());
        await change();
        var done = _time.GetElapsedTime(since).TotalSeconds;
        var sweep = new Sweep(doors, district, crew, $"{run}-s{Faults.Count}");
        Ledgers.AddRange(sweep.Ledgers);
        var sweeping = SweepAsync(sweep, since, cancellation);
        var right = await walls.RightAsync(truth, sweep, since, cancellation);
        var swept = await sweeping;
        await Task.Delay(s_calm, _time, cancellation);
        var moved = walls.Epochs().Count(entry => entry.Key != district.Code && epochs[entry.Key] != entry.Value);
        Faults.Add(new Fault(name, done, swept, right, moved, timeline));
        context.Say($"{name}: done after {done:F1} s, every grid answers after {swept:F1} s, walls right after {right.All:F1} s, {moved} watched grids moved, {timeline.Failed} attempts failed, the last after {timeline.LastFailure?.TotalSeconds:F1} s");
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
        mesh.Remove(victim);
    }

    private async Task DrainAsync(CancellationToken cancellation)
    {
        var leaving = silos[^1];
        silos.RemoveAt(silos.Count - 1);
        using var client = new MeshClient(leaving.Url);
        await leaving.TerminateAsync();
        var ending = leaving.EndAsync();
        var wasRed = false;
        while (!ending.IsCompleted)
        {
            wasRed |= await client.IsRedAsync(cancellation);
            await Task.WhenAny(ending, Task.Delay(s_pause, _time, cancellation));
        }

        Drained = new Drained(wasRed, await ending);
        context.Say($"drain: {(Drained.WasRed ? "was red" : "was NOT red")} before the end, ended with {leaving.ExitCode?.ToString() ?? "a kill"}");
        mesh.Remove(leaving);
    }

    private async Task JoinAsync(CancellationToken cancellation)
    {
        var began = _time.GetTimestamp();
        var silo = mesh.StartSilo("silo-new", hasDemo: false);
        silos.Add(silo);
        await silo.ReadyAsync(cancellation);
        var ready = _time.GetElapsedTime(began).TotalSeconds;
        double here = 0;
        while (_time.GetElapsedTime(began) < s_shareMax)
        {
            var grids = await Task.WhenAll(silos.Select(GridsAsync));
            here = grids[^1];
            if (here > 0 && here * 2 * silos.Count >= grids.Sum())
            {
                Joined = new Joined(ready, _time.GetElapsedTime(began).TotalSeconds, here);
                return;
            }

            await Task.Delay(s_pause * 10, _time, cancellation);
        }

        Joined = new Joined(ready, null, here);
    }

    private static async Task<double> GridsAsync(SiloProcess silo)
    {
        using var client = new MeshClient(silo.Url);
        return ServerMetrics.Grids(await client.MetricsAsync());
    }
}
