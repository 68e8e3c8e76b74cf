namespace GridMesh.Load.People;

internal sealed record Person(string Id, string Grid, GeoPoint At);

/// <param name="Walkers">The workers on the ground, 4,100 as DOMAIN counts them: leaders, instructors and drones are
/// not among them.</param>
internal sealed record PeopleDistrict(
    string Code, IReadOnlyList<string> Towns, IReadOnlyList<string> Grids, IReadOnlyList<Person> Walkers,
    IReadOnlyList<string> Doors)
{
    public static IReadOnlyList<PeopleDistrict> Of(DirectoryData data)
    {
        var middles = data.Areas.Where(area => area.Code.Tier == Tier.Grid)
            .ToDictionary(area => area.Code, area => GridArea.Of(area).Middle);
        var towns = data.Areas.Where(area => area.Code.Tier == Tier.Town).ToLookup(area => area.Code.District);
        var grids = middles.Keys.ToLookup(grid => grid.District);
        var walkers = data.Workers.Where(worker => worker.Kind == WorkerKind.Worker)
            .ToLookup(worker => worker.Grid.District);
        var doors = data.Devices.Where(device => device.Kind == SensorKind.Door)
            .ToLookup(device => device.Grid.District);
        return
        [
            .. data.Areas.Where(area => area.Code.Tier == Tier.District).Select(area => new PeopleDistrict(
                area.Code.Value,
                [.. towns[area.Code].Select(town => town.Code.Value)],
                [.. grids[area.Code].Select(grid => grid.Value)],
                [
                    .. walkers[area.Code].Select(
                        worker => new Person(worker.Id, worker.Grid.Value, middles[worker.Grid])),
                ],
                [.. doors[area.Code].Select(door => door.Id)])),
        ];
    }
}
