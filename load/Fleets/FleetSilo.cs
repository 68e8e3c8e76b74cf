namespace GridMesh.Load.Fleets;

/// <summary>How a silo of our own is set for a fleet.</summary>
internal static class FleetSilo
{
    /// <summary>Limits that let one machine play thousands, and no traffic but what the scenario makes.</summary>
    public static readonly IReadOnlyList<string> Settings =
    [
        "GridMesh:Demo:Speed=0.1", "GridMesh:Demo:CasesPerDay=0", "GridMesh:Demo:StartingCases=0", "GridMesh:Demo:StormEveryMinutes=0",
        "GridMesh:Limits:AddressPerSecond=1000000", "GridMesh:Limits:AddressBurst=1000000",
        "GridMesh:Limits:TokenPerSecond=1000000", "GridMesh:Limits:TokenBurst=1000000",
    ];
}
