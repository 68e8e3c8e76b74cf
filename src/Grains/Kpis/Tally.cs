using GridMesh.Contracts.Kpis;

namespace GridMesh.Grains.Kpis;

/// <summary>Counts of one fact for a time and an owner.</summary>
/// <param name="Owner">Whose work it is; null where nobody owns the case.</param>
public readonly record struct Tally(DateTimeOffset At, string? Owner, ImmutableArray<KpiCount> Counts);
