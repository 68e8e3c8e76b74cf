using GridMesh.Contracts.Incidents;
using GridMesh.Grains.Kpis;

namespace GridMesh.Grains.Incidents;

/// <summary>A case as it will be once some facts are on disk: folded once, written, and then taken over.</summary>
/// <param name="Facts">At least one.</param>
/// <param name="Counts">What the facts count.</param>
public sealed record IncidentFuture(
    ImmutableArray<IncidentFact> Facts, IncidentState State, CaseTally Tally, ImmutableArray<Tally> Counts);
