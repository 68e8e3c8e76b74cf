using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Demo.World;

namespace GridMesh.Demo.Care;

/// <summary>A household of the demo that is watched over: somebody old who lives alone and has agreed to it.</summary>
/// <param name="Household">As the building numbers it.</param>
/// <param name="Device">The door that is listened to; null: any of the building, and there is none.</param>
internal sealed record DemoWatch(BuildingCode Building, string Household, string? Device, int WindowHours)
{
    public AreaCode Grid => Building.Grid;
}

/// <summary>
/// Whom the demo watches over. Most live behind a door that is heard of all the time; of a few no door is heard of,
/// and somebody has to go and look. They follow from the directory alone.
/// </summary>
internal static class WatchTable
{
    /// <summary>Grids of a district with watched households: those with most who are old and live alone.</summary>
    public const int GridsMax = 40;

    /// <summary>Watched households of a grid behind a door.</summary>
    public const int HeardMax = 8;

    /// <summary>Grids of a district with one household more, of which nothing is heard.</summary>
    public const int SilentMax = 6;

    private const int WindowHours = 24;

    /// <summary>Windows of those who are not heard of, in turn: some alarms a day.</summary>
    private static readonly int[] s_silentHours = [6, 12, 24];

    /// <param name="speed">Windows are as much shorter as life is faster, but an hour at least.</param>
    public static IReadOnlyList<DemoWatch> For(TrafficWorld world, double speed)
    {
        var doors = world.Doors.Where(door => door.Building is not null).GroupBy(door => door.Building!.Value)
            .ToDictionary(some => some.Key, some => some.First().Id);
        return
        [
            .. world.Towns.SelectMany(town => town.Grids).GroupBy(grid => grid.Code.District).SelectMany(
                district => district.Where(grid => grid.Buildings.Any(one => one.ElderlyAlone > 0))
                    .OrderByDescending(grid => grid.Buildings.Sum(one => one.ElderlyAlone)).ThenBy(grid => grid.Code)
                    .Take(GridsMax).Index().SelectMany(entry => Of(entry.Item, entry.Index, doors, speed))),
        ];
    }

    private static IEnumerable<DemoWatch> Of(
        TrafficGrid grid, int index, Dictionary<BuildingCode, string> doors, double speed)
    {
        var homes = grid.Buildings.Where(one => one.ElderlyAlone > 0).ToArray();
        foreach (var home in homes.Where(one => doors.ContainsKey(one.Code)).Take(HeardMax))
            yield return new DemoWatch(home.Code, HouseholdOf(home), doors[home.Code], Hours(WindowHours, speed));

        if (index < SilentMax && homes.FirstOrDefault(one => !doors.ContainsKey(one.Code)) is { } silent)
        {
            yield return new DemoWatch(
                silent.Code, HouseholdOf(silent), null, Hours(s_silentHours[index % s_silentHours.Length], speed));
        }
    }

    private static string HouseholdOf(BuildingEntry home) => $"{1 + (home.People % home.Households)}";

    private static int Hours(int hours, double speed) => Math.Clamp((int)Math.Round(hours / speed), 1, hours);
}
