using GridMesh.Load.Fleets;
using GridMesh.Load.Measuring;
using GridMesh.Load.Scenarios;

namespace GridMesh.Load.Fanout;

/// <summary>What one side came to in one round.</summary>
/// <param name="ComeSeconds">Until all clients were current.</param>
/// <param name="IdleBytes">Memory of a client that only holds its connection; null where it could not be measured.</param>
/// <param name="UsedBytes">The same after the steady phase.</param>
internal sealed record FanoutRound(
    string Side, int Arrived, double ComeSeconds, double? IdleBytes, double? UsedBytes, FanoutPhase Steady, FanoutPhase Flood);

/// <summary>Runs a round: everybody comes, the steady phase, the flood, everybody goes.</summary>
internal sealed class FanoutRunner(FanoutOptions options, ScenarioContext context)
{
    /// <summary>Every so many clients keeps the whole of its area.</summary>
    public const int KeepEvery = 101;

    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_quiet = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_drainMax = TimeSpan.FromSeconds(60);

    private readonly TimeProvider _time = context.Time;

    /// <param name="judge">Looks at what the clients hold when all is quiet again.</param>
    public async Task<FanoutRound> RunAsync(
        IFanoutSide side, IReadOnlyList<string> areas, int clients, int keepEvery, TimeSpan duration,
        Func<Fleet, Task> judge, CancellationToken cancellation)
    {
        var empty = await MemoryAsync(side, cancellation);
        var fleetContext = side.Open(clients);
        var logs = areas.Select(code => new AreaLog(code)).ToArray();
        await using var fleet = new Fleet(
            fleetContext, number => logs[number % logs.Length], clients,
            number => side.HasWhole && number % keepEvery == 0, _time);
        var began = _time.GetTimestamp();
        var arrived = await fleet.ComeAsync(cancellation);
        var came = _time.GetElapsedTime(began).TotalSeconds;
        context.Say($"{side.Name}: {arrived} of {clients} clients came in {came:F1} s{Reasons(fleet.Tally)}");
        var idle = await MemoryAsync(side, cancellation);
        var steady = await FanoutPhase.RunAsync(side, fleet, options.Rate, s_warmUp, duration, _time, cancellation);
        Say(side, "steady", steady);
        await DrainAsync(fleet, cancellation);
        await judge(fleet);
        var used = await MemoryAsync(side, cancellation);
        var flood = await FanoutPhase.RunAsync(side, fleet, options.Flood, s_warmUp, duration, _time, cancellation);
        Say(side, "flood", flood);
        await DrainAsync(fleet, cancellation);
        await judge(fleet);
        return new FanoutRound(
            side.Name, arrived, came, Each(idle - empty, arrived), Each(used - empty, arrived), steady, flood);
    }

    private static double? Each(double? bytes, int clients) => bytes / Math.Max(1, clients);

    private static string Reasons(FleetTally tally) =>
        string.Concat(tally.Reasons.Select(reason => $", {reason.Value} x {reason.Key}"));

    private void Say(IFanoutSide side, string phase, FanoutPhase found) => context.Say(
        $"{side.Name}, {phase}: {found.FramesPerSecond:F0} frames/s of {found.BytesPerFrame:F0} B ({found.ChangesPerSecond:F0} changes/s), "
        + $"age p50 {found.Tally.ChangeAges.Percentile(0.5).TotalMilliseconds:F0} ms, p99 {found.Tally.ChangeAges.Percentile(0.99).TotalMilliseconds:F0} ms, "
        + $"{found.CpuMicrosPerFrame:F1} us of the server and {found.OwnCpuMicrosPerFrame:F1} us of the clients a frame, gaps {found.Tally.Gaps}{Reasons(found.Tally)}");

    /// <summary>Memory that is held, in bytes: collected until it gives nothing back any more.</summary>
    private async Task<double?> MemoryAsync(IFanoutSide side, CancellationToken cancellation) =>
        side.ProcessId is { } id ? await SettledMemory.ReadAsync(id, _time, cancellation) : null;

    /// <summary>Waits until nothing comes any more.</summary>
    private async Task DrainAsync(Fleet fleet, CancellationToken cancellation)
    {
        var began = _time.GetTimestamp();
        for (var seen = -1L; seen != fleet.Tally.Frames && _time.GetElapsedTime(began) < s_drainMax;)
        {
            seen = fleet.Tally.Frames;
            await Task.Delay(s_quiet, _time, cancellation);
        }
    }
}
