using System.Text.Json;
using GridMesh.Contracts.Directory;

namespace GridMesh.Load.Clients;

/// <summary>A position, WGS84.</summary>
internal readonly record struct Place(double Lng, double Lat);

/// <summary>A grid as the map shows it.</summary>
/// <param name="Rings">Outer rings and holes: what is within an odd number of them is inside.</param>
internal sealed record GridArea(string Code, IReadOnlyList<IReadOnlyList<Place>> Rings)
{
    /// <summary>Most tries to hit the inside of a grid.</summary>
    private const int TriesMax = 200;

    public string Town => Code[..9];

    /// <summary>A grid of the directory.</summary>
    public static GridArea Of(AreaEntry area) => new(
        area.Code.Value,
        [.. area.Shape.Rings.Select(ring => ring.Select(point => new Place(point.Lng, point.Lat)).ToArray())]);

    /// <summary>A position inside, or null where the grid is too thin to be hit.</summary>
    public Place? PlaceIn(Random random)
    {
        var corners = Rings.SelectMany(ring => ring).ToArray();
        var (west, east) = (corners.Min(place => place.Lng), corners.Max(place => place.Lng));
        var (south, north) = (corners.Min(place => place.Lat), corners.Max(place => place.Lat));
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
        foreach (var ring in Rings)
        {
            for (int i = 0, j = ring.Count - 1; i < ring.Count; j = i++)
            {
                var (a, b) = (ring[i], ring[j]);
                if (a.Lat > place.Lat != b.Lat > place.Lat
                    && place.Lng < ((b.Lng - a.Lng) * (place.Lat - a.Lat) / (b.Lat - a.Lat)) + a.Lng)
                {
                    inside = !inside;
                }
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

    private static GridArea GridOf(JsonElement feature)
    {
        var geometry = feature.GetProperty("geometry");
        var coordinates = geometry.GetProperty("coordinates").EnumerateArray();
        var rings = geometry.GetProperty("type").GetString() == "Polygon"
            ? coordinates
            : coordinates.SelectMany(polygon => polygon.EnumerateArray());
        return new GridArea(
            feature.GetProperty("properties").GetProperty("code").GetString()!,
            [.. rings.Select(ring => ring.EnumerateArray().Select(PlaceOf).ToArray())]);
    }

    private static Place PlaceOf(JsonElement point) => new(point[0].GetDouble(), point[1].GetDouble());
}
