namespace GridMesh.Demo.Geography;

/// <summary>Which cell belongs to which town and community.</summary>
/// <param name="TownOf">Number of the town of each cell.</param>
/// <param name="CommunityOf">Number of the community of each cell, counted through the whole district.</param>
/// <param name="TownOfCommunity">Number of the town of each community.</param>
internal sealed record AreaPlan(int[] TownOf, int[] CommunityOf, int[] TownOfCommunity)
{
    /// <summary>Null when a region came out empty.</summary>
    public static AreaPlan? Make(Spot[] sites, CellMesh mesh, int cells, Terrain terrain, Random random)
    {
        var towns = PlaceTable.Towns;
        var regions = new Regions(sites, mesh);
        var centres = towns.Select(town => town.Centre(terrain)).ToArray();
        var shares = towns.Select(town => (double)town.GridShare).ToArray();
        if (regions.Share([.. Enumerable.Range(0, cells)], centres, shares, drift: false) is not { } townOf)
            return null;

        var communityOf = new int[cells];
        var townOfCommunity = new List<int>();
        for (var town = 0; town < towns.Count; town++)
        {
            var members = Enumerable.Range(0, cells).Where(cell => townOf[cell] == town).ToArray();
            var count = towns[town].Communities.Count;
            if (members.Length < count
                || ShareOut(regions, members, count, random) is not { } within)
            {
                return null;
            }

            foreach (var cell in members)
                communityOf[cell] = townOfCommunity.Count + within[cell];

            townOfCommunity.AddRange(Enumerable.Repeat(town, count));
        }

        return new AreaPlan(
            [.. Enumerable.Range(0, cells).Select(cell => townOf[cell])], communityOf, [.. townOfCommunity]);
    }

    /// <summary>A bad draw of centres can leave a community empty; another draw is cheap.</summary>
    private static Dictionary<int, int>? ShareOut(Regions regions, int[] members, int count, Random random)
    {
        const int DrawsMax = 10;
        var shares = Enumerable.Repeat(1.0, count).ToArray();
        for (var draw = 0; draw < DrawsMax; draw++)
        {
            var centres = regions.Spread(members, count, random);
            if (regions.Share(members, centres, shares, drift: true) is { } shared)
                return shared;
        }

        return null;
    }
}
