using System.Collections.Immutable;
using System.Text.Json;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Geo;
using GridMesh.Exchange.Areas;
using GridMesh.Gateway.Directory;
using GridMesh.Product.Fixture;

namespace GridMesh.Gateway.Tests.Directory;

/// <summary>
/// A grid from 0 to 10 with a hole from 4 to 6, in which another grid lies, and with an exclave from 20 to 21.
/// </summary>
public sealed class GridLocatorTests
{
    private static readonly AreaEntry s_around = new(
        AreaCode.Parse("450105001001001"), "外围网格", "Around",
        new AreaShape([[Square(0, 10), Square(4, 6)], [Square(20, 21)]]));

    private static readonly AreaEntry s_enclosed = new(
        AreaCode.Parse("450105001001002"), "厂区网格", "Plant", AreaShape.Of(Square(4, 6)));

    [Theory(DisplayName = "[EX11] a position is in the grid that is drawn around it, in an exclave or a hole too")]
    [InlineData(1, 1, "450105001001001")]
    [InlineData(5, 5, "450105001001002")]
    [InlineData(20.5, 20.5, "450105001001001")]
    [InlineData(15, 15, null)]
    public void Located(double lng, double lat, string? grid)
    {
        var found = new GridLocator(new Fixed()).GridAt(new GeoPoint(lng, lat));
        (found?.Value).ShouldBe(grid);
    }

    [Fact(DisplayName = "[EX11] a map shows exclaves and holes as a MultiPolygon, and a simple area as a Polygon")]
    public void Drawn()
    {
        const string Outer = "[[0,0],[10,0],[10,10],[0,10],[0,0]]";
        const string Hole = "[[4,4],[6,4],[6,6],[4,6],[4,4]]";
        const string Exclave = "[[20,20],[21,20],[21,21],[20,21],[20,20]]";
        Draw(s_around.Shape).ShouldBe(
            $$"""{"type":"MultiPolygon","coordinates":[[{{Outer}},{{Hole}}],[{{Exclave}}]]}""");
        Draw(s_enclosed.Shape).ShouldBe($$"""{"type":"Polygon","coordinates":[{{Hole}}]}""");
        Draw(AreaShape.None).ShouldBe("""{"type":"Polygon","coordinates":[]}""");
    }

    private static string Draw(AreaShape shape)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            AreaGeometry.Write(writer, shape);
        }

        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }

    private static ImmutableArray<GeoPoint> Square(double from, double to) =>
        [new(from, from), new(to, from), new(to, to), new(from, to), new(from, from)];

    private sealed class Fixed : IDirectory
    {
        public DirectoryView Current { get; } = new(SmallDistrict.Data with { Areas = [s_around, s_enclosed] });
    }
}
