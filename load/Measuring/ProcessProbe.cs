using System.Diagnostics;

namespace GridMesh.Load.Measuring;

/// <summary>What a process used over a while.</summary>
/// <param name="CpuPercent">Mean share of one core; 200 means two full cores.</param>
/// <param name="CpuPercentMax">The busiest sample of about a second.</param>
/// <param name="WorkingSetMax">Most memory in bytes.</param>
internal sealed record ProcessUse(double CpuPercent, double CpuPercentMax, long WorkingSet, long WorkingSetMax);

/// <summary>Samples the processor time and the memory of a process of this machine, as the kernel accounts them.</summary>
internal sealed class ProcessProbe(int processId, TimeProvider time)
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);

    /// <summary>Samples until it is cancelled or the process is gone; null when there was not a single whole sample.</summary>
    public async Task<ProcessUse?> RunAsync(CancellationToken cancellation)
    {
        using var process = Process.GetProcessById(processId);
        var (began, cpuAtStart) = (time.GetTimestamp(), process.TotalProcessorTime);
        var (last, cpuAtLast) = (began, cpuAtStart);
        ProcessUse? use = null;
        using var timer = new PeriodicTimer(s_interval, time);
        while (await TickAsync(timer, cancellation) && !process.HasExited)
        {
            process.Refresh();
            var (now, cpu, memory) = (time.GetTimestamp(), process.TotalProcessorTime, process.WorkingSet64);
            use = new ProcessUse(
                Share(cpu - cpuAtStart, time.GetElapsedTime(began, now)),
                Math.Max(use?.CpuPercentMax ?? 0, Share(cpu - cpuAtLast, time.GetElapsedTime(last, now))),
                memory,
                Math.Max(use?.WorkingSetMax ?? 0, memory));
            (last, cpuAtLast) = (now, cpu);
        }

        return use;
    }

    private static double Share(TimeSpan cpu, TimeSpan elapsed) => 100 * cpu / elapsed;

    private static async Task<bool> TickAsync(PeriodicTimer timer, CancellationToken cancellation)
    {
        try
        {
            return await timer.WaitForNextTickAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
