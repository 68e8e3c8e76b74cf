using System.Diagnostics;

namespace GridMesh.Bench.Storage;

/// <summary>Runs an operation from many callers for a time and says how many and how long.</summary>
internal static class Meter
{
    private const int SamplesMax = 1_000_000;

    /// <param name="operation">Caller's number and round; answers the number of things done.</param>
    public static async Task<(double PerSecond, double P50, double P99)> RunAsync(
        string title, int callers, TimeSpan length, Func<int, long, ValueTask<int>> operation)
    {
        var samples = new List<double>[callers];
        var done = new long[callers];
        using var process = Process.GetCurrentProcess();
        var processor = process.TotalProcessorTime;
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            var mine = samples[caller] = [];
            for (long round = 0; Stopwatch.GetElapsedTime(started) < length; round++)
            {
                var began = Stopwatch.GetTimestamp();
                done[caller] += await operation(caller, round);
                if (mine.Count < SamplesMax / callers)
                    mine.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }
        })));
        var elapsed = Stopwatch.GetElapsedTime(started).TotalSeconds;
        process.Refresh();
        var microseconds = (process.TotalProcessorTime - processor).TotalMicroseconds / Math.Max(1, done.Sum());
        var sorted = samples.SelectMany(mine => mine).Order().ToArray();
        var result = (done.Sum() / elapsed, At(sorted, 0.50), At(sorted, 0.99));
        Console.WriteLine(
            $"{title,-40} {result.Item1,9:N0}/s  p50 {result.Item2,6:N2} ms  p99 {result.Item3,6:N2} ms"
            + $"  {microseconds,6:N1} µs of our processor each");
        return result;
    }

    private static double At(double[] sorted, double share) =>
        sorted.Length == 0 ? 0 : sorted[(int)(share * (sorted.Length - 1))];
}
