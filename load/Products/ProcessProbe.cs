using System.Diagnostics;
using System.Diagnostics.Tracing;
using Microsoft.Diagnostics.NETCore.Client;

namespace GridMesh.Load.Products;

/// <summary>Samples a process of this machine, as the kernel accounts it, and reads what it holds.</summary>
internal sealed class ProcessProbe(string who, int processId, TimeProvider time)
{
    private const double Megabyte = 1_000_000;
    private const int CollectionsMax = 10;

    /// <summary>When another collection gives back less than this, there is nothing more to give.</summary>
    private const double SettledShare = 0.995;

    /// <summary>The keyword that makes the runtime collect when a listener asks for it.</summary>
    private const long CollectKeyword = 0x800000;
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    private readonly List<(long At, TimeSpan Cpu, long Memory, int Handles)> _samples = [];

    /// <summary>Samples at once and every second, until it is cancelled or the process is gone.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var process = Process.GetProcessById(processId);
        using var timer = new PeriodicTimer(s_second, time);
        try
        {
            do
            {
                process.Refresh();
                var handles = Directory.EnumerateFileSystemEntries($"/proc/{processId}/fd").Count();
                _samples.Add((time.GetTimestamp(), process.TotalProcessorTime, process.WorkingSet64, handles));
            }
            while (await timer.WaitForNextTickAsync(cancellation) && !process.HasExited);
        }
        catch (OperationCanceledException)
        {
            // The run is over.
        }
    }

    public TimeLine Line(long began)
    {
        var samples = _samples.SkipWhile(sample => sample.At < began).ToArray();
        return new TimeLine(who, [.. samples.Zip(samples.Skip(1), (before, after) => new TimePoint(
            Math.Round(time.GetElapsedTime(began, after.At).TotalSeconds, 2),
            new Dictionary<string, double>
            {
                ["processor %"] = Math.Round(
                    100 * (after.Cpu - before.Cpu) / time.GetElapsedTime(before.At, after.At), 1),
                ["memory MB"] = Math.Round(after.Memory / Megabyte, 1), ["handles"] = after.Handles,
            }))]);
    }

    public static IEnumerable<Figure> FiguresOf(TimeLine line) => line.Points.Count == 0
        ? []
        :
        [
            new Figure($"{line.Name}: processor, mean", line.Points.Average(point => point.Values["processor %"]),
                "% of a core"),
            new Figure($"{line.Name}: processor, busiest second",
                line.Points.Max(point => point.Values["processor %"]), "% of a core"),
            new Figure($"{line.Name}: memory at the end", line.Points[^1].Values["memory MB"], "MB"),
            new Figure($"{line.Name}: memory, most", line.Points.Max(point => point.Values["memory MB"]), "MB"),
        ];

    /// <summary>Its resident set, in bytes.</summary>
    public static long Memory(int processId)
    {
        using var process = Process.GetProcessById(processId);
        return process.WorkingSet64;
    }

    /// <summary>Processor time since its start.</summary>
    public static double CpuSeconds(int processId)
    {
        using var process = Process.GetProcessById(processId);
        return process.TotalProcessorTime.TotalSeconds;
    }

    /// <summary>The resident set of a process after collections that it was told to make.</summary>
    /// <returns>Bytes; null where the process cannot be told to collect.</returns>
    public static async Task<double?> SettledSnapshotAsync(
        int processId, TimeProvider time, CancellationToken cancellation)
    {
        var (held, before) = (double.MaxValue, double.PositiveInfinity);
        for (var i = 0; i < CollectionsMax && held < before * SettledShare; i++)
        {
            await Task.Delay(s_second, time, cancellation);
            if (!await CollectAsync(processId, cancellation))
                return null;
            (before, held) = (held, Math.Min(held, Memory(processId)));
        }

        return held;
    }

    /// <summary>Has a .NET process of this machine collect, by its diagnostics; false where it has none.</summary>
    public static async Task<bool> CollectAsync(int processId, CancellationToken cancellation)
    {
        try
        {
            // Enabling the provider runs the collection, before the session is told to stop.
            using var session = await new DiagnosticsClient(processId).StartEventPipeSessionAsync(
                [new EventPipeProvider("Microsoft-Windows-DotNETRuntime", EventLevel.Informational, CollectKeyword)],
                requestRundown: false,
                circularBufferMB: 1, cancellation);
            var reading = session.EventStream.CopyToAsync(Stream.Null, cancellation);
            await session.StopAsync(cancellation);
            await reading;
            return true;
        }
        catch (Exception e) when (e is ServerNotAvailableException or ServerErrorException or IOException)
        {
            return false;
        }
    }
}
