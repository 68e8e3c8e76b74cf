using System.Collections.Immutable;
using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Buildings;
using GridMesh.Demo;

namespace GridMesh.Load.People;

/// <summary>A worker as the load needs one: who, where, and of which lines.</summary>
internal sealed record Person(string Id, string Grid, GeoPoint At, IReadOnlyList<Line> Lines);

/// <summary>One district of the demo generator: the same seed and code are the same people, buildings and devices.</summary>
/// <param name="Walkers">Everybody who walks about on duty.</param>
/// <param name="Doors">Door stations and their buildings.</param>
/// <param name="Categories">What cases are filed under, with their lines.</param>
internal sealed record PeopleDistrict(
    string Code, IReadOnlyList<string> Towns, IReadOnlyList<string> Grids, IReadOnlyList<Person> Walkers,
    IReadOnlyList<string> Doors, IReadOnlyList<(string Category, Line Line)> Categories)
{
    private const int FirstOfCity = 5;

    /// <summary>Districts that lie side by side in one city: 450105, 450106 and so on.</summary>
    public const int DistrictsMax = 50;

    /// <summary>The codes of the first districts.</summary>
    public static IReadOnlyList<string> Codes(int count) =>
        [.. Enumerable.Range(FirstOfCity, count).Select(number => $"4501{number:D2}")];

    public static PeopleDistrict Of(DirectoryData data, string code)
    {
        var middle = data.Areas.Where(area => area.Code.Tier == Tier.Grid)
            .ToDictionary(area => area.Code, area => MiddleOf(area.Polygon));
        return new PeopleDistrict(
            code,
            [.. data.Areas.Where(area => area.Code.Tier == Tier.Town).Select(area => area.Code.Value)],
            [.. middle.Keys.Select(grid => grid.Value)],
            [
                .. data.Workers.Where(worker => worker.Kind != WorkerKind.Instructor)
                    .Select(worker => new Person(worker.Id, worker.Grid.Value, middle[worker.Grid], worker.Lines)),
            ],
            [.. data.Devices.Where(device => device.Kind == SensorKind.Door).Select(device => device.Id)],
            [.. data.Standards.Select(standard => (standard.Category, standard.Line))]);
    }

    public static PeopleDistrict Generate(string code) => Of(DemoDistrict.Generate(code: code), code);

    private static GeoPoint MiddleOf(ImmutableArray<GeoPoint> ring) =>
        new(ring.Average(point => point.Lng), ring.Average(point => point.Lat));
}
