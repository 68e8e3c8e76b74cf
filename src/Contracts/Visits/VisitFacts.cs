using GridMesh.Contracts.Facts;

namespace GridMesh.Contracts.Visits;

/// <summary>Something that happened to the visits of a grid, in the stream <c>visit:{grid}</c>.</summary>
public abstract record VisitFact(DateTimeOffset At, string By) : IFact
{
    string IFact.Subject => this switch
    {
        HouseholdLinked linked => linked.Link.Id,
        LinkEnded ended => ended.Link,
        HouseholdVisited visited => visited.Link,
        _ => string.Empty,
    };
}

public sealed record HouseholdLinked(DateTimeOffset At, string By, VisitLink Link) : VisitFact(At, By);

public sealed record LinkEnded(
    DateTimeOffset At, string By, string Link, [property: Words] string Reason) : VisitFact(At, By), IFact
{
    /// <summary>A household that nobody visits any more is nobody's business: that it was visited stays.</summary>
    Erasure? IFact.Erasure => Erasure.Whole;
}

public sealed record HouseholdVisited(
    DateTimeOffset At, string By, string Link, [property: Words] string Text) : VisitFact(At, By);
