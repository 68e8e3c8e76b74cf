using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Product.Fixture;

namespace GridMesh.Simulation.Tests.Faults;

/// <summary>One town of the small district, with a short ladder: small, so that many seeds can be run.</summary>
internal static class FaultDistrict
{
    public const string Town = SmallDistrict.Town;

    public static DirectoryData Data { get; } = SmallDistrict.Data with
    {
        Areas = [
            .. SmallDistrict.Data.Areas.Where(area => SmallDistrict.Code == area.Code.Value || IsIn(area.Code.Value))],
        Workers = [.. SmallDistrict.Data.Workers.Where(worker => IsIn(worker.Grid.Value))],
        Buildings = [.. SmallDistrict.Data.Buildings.Where(building => IsIn(building.Code.Value))],
        Devices = [.. SmallDistrict.Data.Devices.Where(device => IsIn(device.Grid.Value))],
        Ladders =
        [
            new LadderRow(null, null, null, new Rung(Step.Reported, 5, RungAction.Escalate)),
            new LadderRow(null, null, null, new Rung(Step.Reported, 9, RungAction.Supervise, 2)),
        ],
    };

    public static string[] Grids { get; } =
        [.. Data.Areas.Select(area => area.Code.Value).Where(code => code.Length == 15)];

    private static bool IsIn(string code) => code.StartsWith(Town, StringComparison.Ordinal)
        && !code.StartsWith($"{Town}002002", StringComparison.Ordinal);
}
