using System.Text.Json;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Geo;
using GridMesh.Contracts.Json;
using GridMesh.Exchange.Areas;

namespace GridMesh.Exchange.Tests;

public sealed class BorderTests
{
    private const string Border = "border-with-exclave-and-enclave.geojson";

    /// <summary>A square without its last point, counterclockwise.</summary>
    private const string Square = "[108.3,22.7],[108.31,22.7],[108.31,22.71],[108.3,22.71]";

    private const string One = "{\"type\":\"Polygon\",\"coordinates\":";

    private const string Many = "{\"type\":\"MultiPolygon\",\"coordinates\":";

    [Fact(DisplayName = "[EX11] areas with exclaves and enclosed units are imported as they are drawn")]
    public void Imported()
    {
        var data = Read(File.ReadAllText(Case.PathOf(Border))).Data.ShouldNotBeNull();
        var areas = data.Areas.ToDictionary(area => area.Code.Value);
        areas.Count.ShouldBe(10);
        Rings(areas["450199"]).ShouldBe([1, 1]);
        Rings(areas["450199001"]).ShouldBe([1, 1]);
        Rings(areas["450199001001"]).ShouldBe([2, 1]);
        Rings(areas["450199001001001"]).ShouldBe([2]);
        Rings(areas["450199001001002"]).ShouldBe([1]);
        areas["450199001001001"].Shape.Polygons[0][1][0].ShouldBe(new GeoPoint(108.30799999999999, 22.810000000000002));
    }

    [Fact(DisplayName = "[EX11] what was imported with exclaves and holes is exported and stored to the last digit")]
    public void ComesBack()
    {
        var data = Read(File.ReadAllText(Case.PathOf(Border))).Data.ShouldNotBeNull();
        using var folder = new TempFolder();
        DirectoryFiles.Write(data, folder.Path);
        var again = DirectoryFiles.Read(folder.Path);
        again.Problems.ShouldBeEmpty();
        again.Data!.Areas.ShouldBe(data.Areas);
        var stored = JsonSerializer.Serialize(data.Areas, MeshJson.Compact);
        JsonSerializer.Deserialize<AreaEntry[]>(stored, MeshJson.Compact)!.ShouldBe(data.Areas);
    }

    [Fact(DisplayName = "[EX11] an area of one ring is stored as before there were others, and what was stored then is read")]
    public void StoredAsBefore()
    {
        const string Ring = """[{"lng":1,"lat":2},{"lng":3,"lat":2},{"lng":3,"lat":4},{"lng":1,"lat":2}]""";
        const string Before = $$"""{"code":"450105","name":"区","nameEn":"D","polygon":{{Ring}}}""";
        const string Undrawn = """{"code":"4501","name":"市","nameEn":"C","polygon":[]}""";
        foreach (var json in new[] { Before, Undrawn })
        {
            var area = JsonSerializer.Deserialize<AreaEntry>(json, MeshJson.Compact)!;
            JsonSerializer.Serialize(area, MeshJson.Compact).ShouldBe(json);
        }

        var shape = JsonSerializer.Deserialize<AreaEntry>(Before, MeshJson.Compact)!.Shape;
        shape.ShouldBe(AreaShape.Of([new(1, 2), new(3, 2), new(3, 4), new(1, 2)]));
        shape.Polygons.ShouldHaveSingleItem().ShouldHaveSingleItem().Length.ShouldBe(4);
        JsonSerializer.Deserialize<AreaEntry>(Undrawn, MeshJson.Compact)!.Shape.IsEmpty.ShouldBeTrue();
    }

    [Fact(DisplayName = "[EX11] a building may stand in an exclave, and not in the hole of its grid")]
    public void Buildings()
    {
        const string Header = "code,name,lng,lat,households,people,elderlyAlone\n";
        var border = File.ReadAllText(Case.PathOf(Border));
        string In(string grid, double lng, double lat) =>
            FormattableString.Invariant($"{grid}00001,居民楼,{lng},{lat},10,30,1\n");

        var inside = In("450199001001002", 108.365, 22.805) + In("450199001002001", 108.31, 22.812);
        Read(border, Header + inside).Problems.ShouldBeEmpty();
        var problem = Read(border, Header + In("450199001001001", 108.31, 22.812)).Problems.ShouldHaveSingleItem();
        (problem.File, problem.Line, problem.Field).ShouldBe((PackageFiles.Buildings, 2, "lng,lat"));
    }

    [Theory(DisplayName = "[EX12] what is wrong with an area is told with its code and name")]
    [InlineData("null", "missing")]
    [InlineData("""{"type":"MultiPolygon","coordinates":[]}""", "missing")]
    [InlineData("""{"type":"Point","coordinates":[108.3,22.7]}""", "Polygon or a MultiPolygon")]
    [InlineData("""{"type":"Circle","coordinates":[108.3,22.7]}""", "Polygon or a MultiPolygon")]
    [InlineData("[1]", "Polygon or a MultiPolygon")]
    [InlineData("""{"type":"Polygon"}""", "missing")]
    [InlineData("""{"type":"Polygon","coordinates":"108.3"}""", "coordinates")]
    [InlineData("""{"type":"Polygon","coordinates":[[]]}""", "coordinates")]
    [InlineData("""{"type":"Polygon","coordinates":[[["a","b"]]]}""", "coordinates")]
    [InlineData("""{"type":"Polygon","coordinates":[[[108.3],[108.31]]]}""", "coordinates")]
    [InlineData($"{Many}[[{Square},[108.3,22.7]]]}}", "coordinates")]
    [InlineData($"{One}[[{Square}]]}}", "not closed")]
    [InlineData(
        $"{Many}[[[{Square},[108.3,22.7]],[[108.301,22.701],[108.302,22.701],[108.302,22.702]]]]}}", "not closed")]
    [InlineData($"{One}[[{Square},[108.3,95],[108.3,22.7]]]}}", "position")]
    [InlineData($"{One}[[{Square},[108.3,22.7]],[[109,22],[109.1,22],[109.1,22.1],[109,22]]]}}", "not valid at")]
    public void Named(string geometry, string words)
    {
        var result = SmallPackage.ReadAfter(
            PackageFiles.Areas, text => string.Join('\n', text.Split('\n').Select(Other)));
        var problem = result.Problems.First(problem => problem is { File: PackageFiles.Areas, Line: 5 });
        problem.Field.ShouldBe("geometry");
        problem.MessageEn.ShouldStartWith($"{SmallPackage.West} 区域{SmallPackage.West}: ");
        problem.MessageEn.ShouldContain(words);
        problem.MessageZh.ShouldStartWith($"{SmallPackage.West} 区域{SmallPackage.West}：");

        string Other(string line) => line.Contains($"\"{SmallPackage.West}\"")
            ? $"{line[..line.IndexOf(One, StringComparison.Ordinal)]}{geometry}}},"
            : line;
    }

    private static int[] Rings(AreaEntry area) => [.. area.Shape.Polygons.Select(rings => rings.Length)];

    /// <summary>A package of areas, and buildings at most.</summary>
    private static ReadResult Read(string areas, string? buildings = null)
    {
        using var folder = new TempFolder();
        var empty = SmallPackage.Data with
        {
            Buildings = [], Workers = [], Departments = [], Devices = [], Standards = [],
        };
        DirectoryFiles.Write(empty, folder.Path);
        File.WriteAllText(folder.At(PackageFiles.Areas), areas);
        if (buildings is not null)
            File.WriteAllText(folder.At(PackageFiles.Buildings), buildings);

        return DirectoryFiles.Read(folder.Path);
    }
}
