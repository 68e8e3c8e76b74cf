using System.Text.Json;

namespace GridMesh.Load.Clients;

/// <summary>A position, WGS84.</summary>
internal readonly record struct Place(double Lng, double Lat);

/// <summary>A grid as the map shows it.</summary>
internal sealed record GridArea(string Code, IReadOnlyList<Place> Ring)
{
    /// <summary>Most tries to hit the inside of a grid.</summary>
    private const int TriesMax = 200;

    public string Town => Code[..9];

    /// <summary>A position inside, or null where the grid is too thin to be hit.</summary>
    public Place? PlaceIn(Random random)
    {
        double west = Ring.Min(p => p.Lng), east = Ring.Max(p => p.Lng), south = Ring.Min(p => p.Lat), north = Ring.Max(p => p.Lat);
        for (var i = 0; i < TriesMax; i++)
        {
            var place = new Place(west + (random.NextDouble() * (east - west)), south + (random.NextDouble() * (north - south)));
            if (Contains(place))
            {
                return place;
            }
        }

        return null;
    }

    /// <summary>Counts the edges to the east: an odd number of them means inside.</summary>
    private bool Contains(Place place)
    {
        var inside = false;
        for (int i = 0, j = Ring.Count - 1; i < Ring.Count; j = i++)
        {
            var (a, b) = (Ring[i], Ring[j]);
            if (a.Lat > place.Lat != b.Lat > place.Lat
                && place.Lng < ((b.Lng - a.Lng) * (place.Lat - a.Lat) / (b.Lat - a.Lat)) + a.Lng)
            {
                inside = !inside;
            }
        }

        return inside;
    }
}

/// <summary>What a case can be filed under.</summary>
internal sealed record Category(string Code, string Line);

/// <summary>What the public doors say of a district: its grids on the map and its categories.</summary>
internal sealed record District(string Code, IReadOnlyList<GridArea> Grids, IReadOnlyList<Category> Categories)
{
    /// <exception cref="InvalidOperationException">The product does not know the district, or it is empty.</exception>
    public static async Task<District> LoadAsync(MeshClient client, string code, string token)
    {
        var map = (await client.GetAsync($"areas.geojson?within={code}&tier=Grid", token)).Expect("the map");
        var categories = (await client.GetAsync("categories", token)).Expect("the categories");
        var district = new District(
            code,
            [.. map.GetProperty("features").EnumerateArray().Select(GridOf)],
            [.. categories.EnumerateArray().Select(category => new Category(
                category.GetProperty("code").GetString()!, category.GetProperty("line").GetString()!))]);
        return district.Grids.Count > 0 && district.Categories.Count > 0
            ? district
            : throw new InvalidOperationException($"the district {code} has no grids or no categories");
    }

    private static GridArea GridOf(JsonElement feature) => new(
        feature.GetProperty("properties").GetProperty("code").GetString()!,
        [.. feature.GetProperty("geometry").GetProperty("coordinates")[0].EnumerateArray()
            .Select(point => new Place(point[0].GetDouble(), point[1].GetDouble()))]);
}
