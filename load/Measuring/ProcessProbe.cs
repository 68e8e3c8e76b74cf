using System.Diagnostics;

namespace GridMesh.Load.Measuring;

/// <summary>What a process used over a while.</summary>
/// <param name="CpuPercent">Mean share of one core; 200 means two full cores.</param>
/// <param name="CpuPercentMax">The busiest sample of about a second.</param>
/// <param name="WorkingSetMax">Most memory in bytes.</param>
internal sealed record ProcessUse(double CpuPercent, double CpuPercentMax, long WorkingSet, long WorkingSetMax);

/// <summary>A process at one moment.</summary>
/// <param name="At">Timestamp of the clock.</param>
/// <param name="Cpu">Processor time since the process began.</param>
internal sealed record ProcessSample(long At, TimeSpan Cpu, long WorkingSet);

/// <summary>Samples the processor time and the memory of a process of this machine, as the kernel accounts them.</summary>
internal sealed class ProcessProbe(int processId, TimeProvider time)
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);

    /// <summary>Most samples that are kept: a day's.</summary>
    private const int SamplesMax = 86_400;

    /// <summary>Samples until it is cancelled or the process is gone; the first sample is taken at once.</summary>
    public async Task<IReadOnlyList<ProcessSample>> RunAsync(CancellationToken cancellation)
    {
        using var process = Process.GetProcessById(processId);
        var samples = new List<ProcessSample> { SampleOf(process) };
        using var timer = new PeriodicTimer(s_interval, time);
        while (samples.Count < SamplesMax && await TickAsync(timer, cancellation) && !process.HasExited)
        {
            process.Refresh();
            samples.Add(SampleOf(process));
        }

        return samples;
    }

    /// <summary>Sums samples up; null when there are not two of them.</summary>
    public static ProcessUse? Use(IReadOnlyList<ProcessSample> samples, TimeProvider time) => samples.Count < 2
        ? null
        : new ProcessUse(
            Share(samples[0], samples[^1], time),
            samples.Zip(samples.Skip(1), (before, after) => Share(before, after, time)).Max(),
            samples[^1].WorkingSet,
            samples.Max(sample => sample.WorkingSet));

    /// <summary>Processor time between two samples, in percent of a core.</summary>
    public static double Share(ProcessSample before, ProcessSample after, TimeProvider time) =>
        100 * (after.Cpu - before.Cpu) / time.GetElapsedTime(before.At, after.At);

    private ProcessSample SampleOf(Process process) => new(time.GetTimestamp(), process.TotalProcessorTime, process.WorkingSet64);

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
