using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Demo.Geography;

namespace GridMesh.Demo.People;

/// <summary>Doors, cameras, smoke detectors, water gauges and watchers of the river bank.</summary>
internal sealed class DeviceMaker(DistrictMap map, ImmutableArray<BuildingEntry> buildings, Random random)
{
    public const int StreetCameraCount = 398;

    /// <summary>Door stations and smart cameras of one large estate (DOMAIN "Figures of one district").</summary>
    public const int EstateDoorCount = 448;

    public const int EstateCameraCount = 493;

    private const int SmokeCount = 900;
    private const int GaugeCount = 13;
    private const int BankWatcherCount = 40;
    private const double DoorShare = 0.38;

    /// <summary>A grid whose middle is this near to the bank lies at the river, metres.</summary>
    private const double RiversideMax = 1_400;

    private static readonly SensorKind[] s_streetKinds =
    [
        SensorKind.StreetOrder, SensorKind.StreetOrder, SensorKind.StreetOrder, SensorKind.FireRisk,
        SensorKind.Intrusion,
    ];

    private static readonly SensorKind[] s_estateKinds =
        [SensorKind.FireRisk, SensorKind.Intrusion, SensorKind.StreetOrder];

    private readonly ImmutableArray<DeviceEntry>.Builder _devices = ImmutableArray.CreateBuilder<DeviceEntry>();

    /// <param name="estate">Number of the grid with the large estate.</param>
    public ImmutableArray<DeviceEntry> Make(int estate)
    {
        foreach (var building in buildings)
        {
            if (random.NextDouble() < DoorShare)
                Add($"DR{building.Code}", SensorKind.Door, building);
        }

        var large = map.Grids[estate];
        var homes = buildings.Where(building => building.Code.Grid == large.Code).ToArray();
        for (var n = 0; n < EstateDoorCount; n++)
            Add($"DS-{n + 1:D4}", SensorKind.Door, homes[n % homes.Length]);

        for (var n = 0; n < EstateCameraCount; n++)
            Add($"SC-{n + 1:D4}", s_estateKinds[n % s_estateKinds.Length], large);

        for (var n = 0; n < StreetCameraCount; n++)
        {
            Add($"CAM-{n + 1:D4}", s_streetKinds[n % s_streetKinds.Length],
                map.Grids[n * map.Grids.Count / StreetCameraCount]);
        }

        for (var n = 0; n < SmokeCount; n++)
            Add($"SM-{n + 1:D4}", SensorKind.Smoke, buildings[random.Next(buildings.Length)]);

        AddRiver();
        return _devices.ToImmutable();
    }

    private void AddRiver()
    {
        var riverside = map.Grids.Where(grid => map.Terrain.Bank(grid.Site.X) - grid.Site.Y < RiversideMax)
            .OrderBy(grid => grid.Site.X).ToArray();
        for (var n = 0; n < GaugeCount; n++)
            AddAtBank($"WL-{n + 1:D3}", SensorKind.WaterLevel, riverside[n * riverside.Length / GaugeCount]);

        for (var n = 0; n < BankWatcherCount; n++)
            AddAtBank($"DW-{n + 1:D3}", SensorKind.Drowning, riverside[n * riverside.Length / BankWatcherCount]);
    }

    /// <summary>As near to the water as a few throws find.</summary>
    private void AddAtBank(string id, SensorKind kind, GridPlot grid)
    {
        const int Throws = 12;
        var spot = Enumerable.Range(0, Throws).Select(_ => grid.Plot.Any(random, map.Plane))
            .MinBy(spot => map.Terrain.Bank(spot.X) - spot.Y);
        _devices.Add(new DeviceEntry(id, kind, grid.Code, null, map.Plane.ToGeo(spot)));
    }

    private void Add(string id, SensorKind kind, GridPlot grid) =>
        _devices.Add(new DeviceEntry(id, kind, grid.Code, null, map.Plane.ToGeo(grid.Plot.Any(random, map.Plane))));

    private void Add(string id, SensorKind kind, BuildingEntry building) =>
        _devices.Add(new DeviceEntry(id, kind, building.Code.Grid, building.Code, building.Position));
}
