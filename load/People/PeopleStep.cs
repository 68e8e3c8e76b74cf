namespace GridMesh.Load.People;

/// <summary>What one number of districts came to.</summary>
/// <param name="Import">From an empty store to all districts in it, without their generation.</param>
/// <param name="Start">From the start of the process until each district's numbers are there and right.</param>
/// <param name="IdleMb">Memory of the process then.</param>
/// <param name="BusyMb">Most memory under load.</param>
/// <param name="CpuPercent">Of a core, the product's under load.</param>
/// <param name="Positions">Positions taken a second.</param>
/// <param name="PositionP99Ms">From the moment one was meant to be sent until it was acknowledged, durable.</param>
/// <param name="WallP50Ms">From the report until the card is on the district's wall.</param>
/// <param name="Broken">What broke first; empty when all thresholds are met.</param>
internal sealed record PeopleStep(
    int Districts, int Workers, TimeSpan Import, TimeSpan Start, double IdleMb, double BusyMb, double CpuPercent,
    double LoadCpuPercent, double Positions, double PositionP99Ms, double WallP50Ms, double WallP99Ms, long Failed, long Gaps,
    IReadOnlyList<string> Broken)
{
    public static readonly IReadOnlyList<string> Columns =
    [
        "districts", "workers", "import s", "start s", "idle MB", "busy MB", "CPU %", "load CPU %", "positions/s",
        "position p99 ms", "wall p50 ms", "wall p99 ms", "failed", "gaps",
    ];

    public IReadOnlyList<double> Row =>
    [
        Districts, Workers, Math.Round(Import.TotalSeconds, 1), Math.Round(Start.TotalSeconds, 2), Math.Round(IdleMb),
        Math.Round(BusyMb), Math.Round(CpuPercent), Math.Round(LoadCpuPercent), Math.Round(Positions),
        Math.Round(PositionP99Ms, 1), Math.Round(WallP50Ms, 1), Math.Round(WallP99Ms, 1), Failed, Gaps,
    ];
}
