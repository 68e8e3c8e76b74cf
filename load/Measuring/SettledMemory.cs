using System.Diagnostics;

namespace GridMesh.Load.Measuring;

/// <summary>What a process holds when it has tidied up: its resident set after collections that it was told to make.</summary>
internal static class SettledMemory
{
    private const int CollectionsMax = 10;

    /// <summary>When another collection gives back less than this, there is nothing more to give.</summary>
    private const double SettledShare = 0.995;

    private static readonly TimeSpan s_settle = TimeSpan.FromSeconds(1);

    /// <returns>Bytes; null where the process cannot be told to collect.</returns>
    public static async Task<double?> ReadAsync(int processId, TimeProvider time, CancellationToken cancellation)
    {
        var (held, before) = (double.MaxValue, double.PositiveInfinity);
        for (var i = 0; i < CollectionsMax && held < before * SettledShare; i++)
        {
            await Task.Delay(s_settle, time, cancellation);
            if (!await ForcedCollection.RunAsync(processId, time, cancellation))
            {
                return null;
            }

            using var process = Process.GetProcessById(processId);
            (before, held) = (held, Math.Min(held, process.WorkingSet64));
        }

        return held;
    }
}
