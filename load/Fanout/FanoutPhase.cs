using System.Diagnostics;
using GridMesh.Load.Fleets;

namespace GridMesh.Load.Fanout;

/// <summary>What one phase of one side came to.</summary>
/// <param name="CpuSeconds">Processor time of the server; null where it is not on this machine.</param>
/// <param name="OwnCpuSeconds">Processor time of the clients.</param>
internal sealed record FanoutPhase(double Seconds, FleetTally Tally, double? CpuSeconds, double OwnCpuSeconds)
{
    public double FramesPerSecond => Tally.Frames / Seconds;

    public double ChangesPerSecond => Tally.Changes / Seconds;

    public double? CpuMicrosPerFrame => CpuSeconds * 1e6 / Math.Max(1, Tally.Frames);

    public double OwnCpuMicrosPerFrame => OwnCpuSeconds * 1e6 / Math.Max(1, Tally.Frames);

    public double BytesPerFrame => (double)Tally.FrameBytes / Math.Max(1, Tally.Frames);

    /// <summary>Lets a side speak and measures once it is under way.</summary>
    public static async Task<FanoutPhase> RunAsync(
        IFanoutSide side, Fleet fleet, double rate, TimeSpan warmUp, TimeSpan duration, TimeProvider time, CancellationToken cancellation)
    {
        using var speaking = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var spoken = side.SpeakAsync(rate, speaking.Token);
        try
        {
            await Task.Delay(warmUp, time, cancellation);
            fleet.TakeTally();
            var (began, cpu, own) = (time.GetTimestamp(), CpuOf(side.ProcessId), CpuOf(Environment.ProcessId));
            await Task.Delay(duration, time, cancellation);
            var seconds = time.GetElapsedTime(began).TotalSeconds;
            return new FanoutPhase(
                seconds, fleet.TakeTally(), CpuOf(side.ProcessId) - cpu, CpuOf(Environment.ProcessId)!.Value - own!.Value);
        }
        finally
        {
            await speaking.CancelAsync();
            await spoken;
        }
    }

    private static double? CpuOf(int? processId)
    {
        if (processId is not { } id)
        {
            return null;
        }

        using var process = Process.GetProcessById(id);
        return process.TotalProcessorTime.TotalSeconds;
    }
}
