using GridMesh.Load.Fleets;
using GridMesh.Load.Running;

namespace GridMesh.Load.Scenarios;

/// <summary>
/// What <c>reconnect</c> is asked to do; the rate is cases a second, the duration the time in which everybody comes back.
/// </summary>
internal sealed record ReconnectOptions : RunOptions
{
    /// <summary>Most cases a second.</summary>
    public const double CasesPerSecondMax = 1_000;

    public ReconnectOptions() => (Rate, Duration) = (5, TimeSpan.FromSeconds(10));

    public override double RateMax => CasesPerSecondMax;

    public override TimeSpan DurationMax => TimeSpan.FromMinutes(5);

    public string Area { get; init; } = "450105";

    /// <summary>Connections, 1-100,000.</summary>
    public int Clients { get; init; } = 10_000;

    /// <summary>Grids that the phones watch in turn, 1-400.</summary>
    public int Areas { get; init; } = 100;

    public override IEnumerable<string> Problems() => base.Problems().Concat(FleetBounds.Problems(Clients, Areas));
}
