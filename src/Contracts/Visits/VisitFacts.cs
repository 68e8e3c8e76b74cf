using GridMesh.Contracts.Facts;

namespace GridMesh.Contracts.Visits;

/// <summary>Something that happened to the visits of a grid, in the stream <c>visit:{grid}</c>.</summary>
public abstract record VisitFact(DateTimeOffset At, string By) : IFact;

public sealed record HouseholdLinked(DateTimeOffset At, string By, VisitLink Link) : VisitFact(At, By);

public sealed record LinkEnded(DateTimeOffset At, string By, string Link, string Reason) : VisitFact(At, By);

public sealed record HouseholdVisited(DateTimeOffset At, string By, string Link, string Text) : VisitFact(At, By);
