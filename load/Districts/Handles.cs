using GridMesh.Load.Running;

namespace GridMesh.Load.Districts;

/// <summary>Files and sockets that a process has open, as the kernel lists them, and memory, sampled over a run.</summary>
internal sealed class Handles(int processId, TimeProvider time)
{
    /// <summary>Most samples: one every ten seconds of a day.</summary>
    private const int SamplesMax = 8_640;

    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(10);

    private readonly List<int> _samples = [];

    /// <summary>Samples until it is cancelled; empty where the system has no such list.</summary>
    public async Task<IReadOnlyList<int>> RunAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(s_interval, time);
        try
        {
            while (_samples.Count < SamplesMax && await timer.WaitForNextTickAsync(cancellation)
                && Directory.Exists($"/proc/{processId}/fd"))
            {
                _samples.Add(Directory.EnumerateFileSystemEntries($"/proc/{processId}/fd").Count());
            }
        }
        catch (OperationCanceledException)
        {
            // The run is over.
        }

        return _samples;
    }

    /// <summary>How the last quarter stands to the second one, after what is built up once: 1 is flat.</summary>
    /// <returns>Null where there are too few samples.</returns>
    public static double? Growth(IReadOnlyList<double> samples)
    {
        var quarter = samples.Count / 4;
        return quarter == 0 ? null : samples.Skip(quarter * 3).Average() / samples.Skip(quarter).Take(quarter).Average();
    }

    /// <summary>Memory of a process over a run, in MB.</summary>
    public static IReadOnlyList<double> MemoryOf(LoadResult result, string who) =>
        [.. result.Processes.Where(line => line.Name == who).SelectMany(line => line.Points).Select(point => point.MemoryMb)];
}
