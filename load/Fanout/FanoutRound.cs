namespace GridMesh.Load.Fanout;

internal sealed record FanoutPhase(double Seconds, FleetTally Tally, double CpuSeconds, double OwnCpuSeconds)
{
    public double FramesPerSecond => Tally.Frames.Value / Seconds;
    public double P99Ms => Tally.ChangeAges.Ms(99);

    public IReadOnlyList<double> Row
    {
        get
        {
            var frames = (double)Math.Max(1, Tally.Frames.Value);
            return
            [
                FramesPerSecond, Tally.Changes.Value / Seconds, Tally.FrameBytes.Value / frames,
                CpuSeconds * 1e6 / frames, OwnCpuSeconds * 1e6 / frames, Tally.Gaps.Value, Tally.Breaks.Value,
            ];
        }
    }
}

/// <param name="ClientBytes">Memory of a client after the steady phase; null where it could not be measured.</param>
internal sealed record FanoutRound(
    string Side, int Arrived, double ComeSeconds, double? ClientBytes, FanoutPhase Steady, FanoutPhase Flood);

internal sealed class FanoutRunner(LoadContext context)
{
    /// <summary>Frames a second of a grid; in the flood more than can be delivered.</summary>
    private const double SteadyRate = 4, FloodRate = 20;
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_quiet = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_drainMax = TimeSpan.FromSeconds(60);
    private readonly TimeProvider _time = context.Time;

    /// <param name="keepEvery">Every so many clients keeps the whole of its area; 0: none.</param>
    /// <param name="judge">Looks at what the clients hold when all is quiet again.</param>
    public async Task<FanoutRound> RunAsync(
        FanoutSide side, IReadOnlyList<string> areas, int clients, int keepEvery, TimeSpan duration,
        Func<Fleet, Task> judge, CancellationToken cancellation)
    {
        Task<double?> SnapshotAsync() => ProcessProbe.SettledSnapshotAsync(side.ProcessId, _time, cancellation);
        var empty = await SnapshotAsync();
        var logs = areas.Select(code => new AreaLog(code)).ToArray();
        await using var fleet = new Fleet(
            side.Url, side.PathOf, _time, clients, number => logs[number % logs.Length],
            number => keepEvery > 0 && number % keepEvery == 0);
        var began = _time.GetTimestamp();
        var arrived = await fleet.ComeAsync(cancellation);
        var came = _time.GetElapsedTime(began).TotalSeconds;
        context.Say(
            $"{side.Name}: {arrived} of {clients} clients came in {came:F1} s "
            + string.Join(", ", fleet.Tally.Reasons));
        var steady = await PhaseAsync(side, "steady", fleet, SteadyRate, duration, cancellation);
        await judge(fleet);
        var used = await SnapshotAsync();
        var flood = await PhaseAsync(side, "flood", fleet, FloodRate, duration, cancellation);
        await judge(fleet);
        return new FanoutRound(
            side.Name, arrived, came, (used - empty) / Math.Max(1, arrived), steady, flood);
    }

    /// <summary>Lets a side speak, measures once it is under way, and waits until nothing comes any more.</summary>
    private async Task<FanoutPhase> PhaseAsync(
        FanoutSide side, string name, Fleet fleet, double rate, TimeSpan duration, CancellationToken cancellation)
    {
        FanoutPhase phase;
        using (var speaking = CancellationTokenSource.CreateLinkedTokenSource(cancellation))
        {
            var spoken = side.SpeakAsync(rate, speaking.Token);
            await Task.Delay(s_warmUp, _time, cancellation);
            fleet.TakeTally();
            var (began, cpu, own) = (_time.GetTimestamp(), ProcessProbe.CpuSeconds(side.ProcessId),
                ProcessProbe.CpuSeconds(Environment.ProcessId));
            await Task.Delay(duration, _time, cancellation);
            var seconds = _time.GetElapsedTime(began).TotalSeconds;
            phase = new FanoutPhase(
                seconds, fleet.TakeTally(), ProcessProbe.CpuSeconds(side.ProcessId) - cpu,
                ProcessProbe.CpuSeconds(Environment.ProcessId) - own);
            await speaking.CancelAsync();
            await spoken;
        }

        var row = phase.Row;
        context.Say(
            $"{side.Name}, {name}: {row[0]:F0} frames/s of {row[2]:F0} B ({row[1]:F0} changes/s), "
            + $"age p50 {phase.Tally.ChangeAges.Ms(50):F0} ms, p99 {phase.P99Ms:F0} ms, "
            + $"{row[3]:F1} us of the server and {row[4]:F1} us of the clients a frame, gaps {phase.Tally.Gaps.Value} "
            + string.Join(", ", phase.Tally.Reasons));
        var ended = _time.GetTimestamp();
        for (var seen = -1L; seen != fleet.Tally.Frames.Value && _time.GetElapsedTime(ended) < s_drainMax;)
        {
            seen = fleet.Tally.Frames.Value;
            await Task.Delay(s_quiet, _time, cancellation);
        }

        return phase;
    }
}
