using GridMesh.Contracts.Access;
using GridMesh.Contracts.Facts;

namespace GridMesh.Contracts.Care;

/// <summary>Something that happened to the watches of a grid, in the stream <c>care:{grid}</c>.</summary>
public abstract record CareFact(DateTimeOffset At, string By) : IFact
{
    string IFact.Subject => this switch
    {
        CareBegun begun => begun.Watch.Id,
        ConsentWithdrawn withdrawn => withdrawn.Watch,
        CareConfirmed confirmed => confirmed.Watch,
        _ => string.Empty,
    };
}

public sealed record CareBegun(DateTimeOffset At, string By, CareWatch Watch) : CareFact(At, By);

public sealed record ConsentWithdrawn(
    DateTimeOffset At, string By, string Watch, [property: Words] string Reason) : CareFact(At, By), IFact
{
    /// <summary>With the consent goes whom it was about.</summary>
    Erasure? IFact.Erasure => Erasure.Whole;
}

/// <param name="SeenAt">The last sign of life.</param>
/// <param name="Due">When the window ended.</param>
public sealed record CareAlarmed(
    DateTimeOffset At, string By, string Watch, DateTimeOffset SeenAt, DateTimeOffset Due) : CareFact(At, By);

/// <summary>Nobody has confirmed: another circle is asked.</summary>
/// <param name="Alarmed">When the alarm was raised that this belongs to.</param>
public sealed record CareWidened(
    DateTimeOffset At, string By, string Watch, CareCircle Circle, DateTimeOffset Alarmed) : CareFact(At, By);

public sealed record CareConfirmed(
    DateTimeOffset At, string By, string Watch, CareFinding Finding, [property: Words] string? Text) : CareFact(At, By);

/// <summary>Somebody looked at watches.</summary>
/// <param name="Building">The building that was looked at; null: the whole grid.</param>
public sealed record CareWasRead(DateTimeOffset At, string By, Role Role, string? Building) : CareFact(At, By);
