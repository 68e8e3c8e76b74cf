using GridMesh.Contracts.Directory;

namespace GridMesh.Gateway.Directory;

/// <summary>
/// What of a new version may be taken while everything runs: standards, calendar, ladders and departments, which every
/// question looks up anew. Grids, their people, buildings and devices are alive as they were when their actors woke;
/// others wait for a restart, and what is alive stays as it is.
/// </summary>
internal static class DirectoryMerge
{
    public static (DirectoryData Data, ImmutableArray<string> Waiting) Of(DirectoryData alive, DirectoryData next) => (
        alive with
        {
            Departments = next.Departments,
            Standards = next.Standards,
            Calendar = next.Calendar,
            Ladders = next.Ladders,
        },
        [.. Waiting(alive, next)]);

    private static IEnumerable<string> Waiting(DirectoryData alive, DirectoryData next)
    {
        if (!alive.Areas.SequenceEqual(next.Areas))
            yield return "areas";

        if (!alive.Buildings.SequenceEqual(next.Buildings))
            yield return "buildings";

        if (!alive.Workers.SequenceEqual(next.Workers, Same))
            yield return "workers";

        if (!alive.Devices.SequenceEqual(next.Devices))
            yield return "devices";
    }

    /// <summary>Records compare arrays by identity.</summary>
    private static bool Same(WorkerEntry one, WorkerEntry other) =>
        one with { Lines = other.Lines } == other && one.Lines.SequenceEqual(other.Lines);
}
