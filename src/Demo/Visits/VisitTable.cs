using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Visits;
using GridMesh.Demo.World;

namespace GridMesh.Demo.Visits;

/// <summary>A household of the demo and who visits it.</summary>
/// <param name="Visitor">A party member of the grid, or a worker.</param>
internal sealed record DemoLink(VisitKind Kind, string Visitor, BuildingCode Building, string Household)
{
    public AreaCode Grid => Building.Grid;
}

/// <summary>
/// Whom the demo visits: in the largest grid of every community a party member keeps in touch with five households, and
/// a worker comes by at three. They follow from the directory alone.
/// </summary>
internal static class VisitTable
{
    public const int PartyHouseholds = 5;

    public const int GeneralHouseholds = 3;

    public static IReadOnlyList<DemoLink> For(TrafficWorld world) =>
    [
        .. world.Towns.SelectMany(town => town.Grids).GroupBy(grid => grid.Code.At(Tier.Community))
            .OrderBy(community => community.Key)
            .SelectMany(community => Of(community.MaxBy(grid => grid.People)!)),
    ];

    private static IEnumerable<DemoLink> Of(TrafficGrid grid)
    {
        var homes = grid.Buildings.Take(PartyHouseholds + GeneralHouseholds).ToArray();
        foreach (var home in homes.Take(PartyHouseholds))
            yield return new DemoLink(VisitKind.Party, $"P{grid.Code}01", home.Code, "101");

        if (grid.Owners is [.., var worker])
        {
            foreach (var home in homes.Skip(PartyHouseholds))
                yield return new DemoLink(VisitKind.General, worker.Id, home.Code, "101");
        }
    }
}
