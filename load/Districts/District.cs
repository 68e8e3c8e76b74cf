using GridMesh.Exchange.Areas;
using NetTopologySuite.Algorithm.Locate;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO.Converters;

namespace GridMesh.Load.Districts;

internal sealed record GridArea(string Code, Geometry Shape)
{
    private const int TriesMax = 200;
    public string Town => Code[..9];
    public GeoPoint Middle => new(Shape.Centroid.X, Shape.Centroid.Y);

    public static GridArea Of(AreaEntry area) => new(area.Code.Value, AreaGeometry.Of(area.Shape));

    /// <summary>A position inside, or null where the grid is too thin to be hit.</summary>
    public GeoPoint? PlaceIn(Random random)
    {
        var bounds = Shape.EnvelopeInternal;
        for (var i = 0; i < TriesMax; i++)
        {
            var place = new Coordinate(bounds.MinX + (random.NextDouble() * bounds.Width),
                bounds.MinY + (random.NextDouble() * bounds.Height));
            if (SimplePointInAreaLocator.IsContained(place, Shape))
                return new GeoPoint(place.X, place.Y);
        }

        return null;
    }
}

internal sealed record Category(string Code, string Line);

/// <summary>What the public API says of a district: its grids on the map and its categories.</summary>
internal sealed record District(string Code, IReadOnlyList<GridArea> Grids, IReadOnlyList<Category> Categories)
{
    public IEnumerable<string> Towns => Grids.Select(grid => grid.Town).Distinct();
    private static readonly JsonSerializerOptions s_geoJson = new() { Converters = { new GeoJsonConverterFactory() } };

    public static async Task<District> LoadAsync(MeshClient client, string code, string token)
    {
        var map = (await client.GetAsync($"areas.geojson?within={code}&tier=Grid", token)).Expect("the map");
        var categories = (await client.GetAsync("categories", token)).Expect("the categories");
        var district = new District(
            code,
            [
                .. map.GetProperty("features").EnumerateArray().Select(feature => new GridArea(
                    feature.GetProperty("properties").GetProperty("code").GetString()!,
                    feature.GetProperty("geometry").Deserialize<Geometry>(s_geoJson)!)),
            ],
            [
                .. categories.EnumerateArray().Select(category => new Category(
                    category.GetProperty("code").GetString()!, category.GetProperty("line").GetString()!)),
            ]);
        return district.Grids.Count > 0 && district.Categories.Count > 0
            ? district
            : throw new InvalidOperationException($"the district {code} has no grids or no categories");
    }
}
