using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;

namespace GridMesh.Contracts.Incidents;

/// <summary>The clock of a step ran out. Unique for one case, step and deadline.</summary>
/// <param name="Due">The deadline that passed; <see cref="IncidentFact.At"/> is when it was written.</param>
/// <param name="RungAt">When the first rung of the case's ladder is due; null where none is.</param>
[CaseFact(isPublic: false, isCounted: true)]
[GenerateSerializer, Immutable, Alias("DeadlinePassed")]
public sealed record DeadlinePassed(
    DateTimeOffset At, string By, [property: Id(0)] Step Step, [property: Id(1)] DateTimeOffset Due,
    [property: Id(2)] DateTimeOffset? RungAt = null)
    : IncidentFact(At, By);

/// <summary>
/// A rung of the ladder came due while the case was late at the same step. What it does to the case is a fact of its
/// own beside this one; where the case is as high already, it does nothing. Unique for one case, step, deadline and
/// rung.
/// </summary>
/// <param name="Due">When the rung was due; <see cref="IncidentFact.At"/> is when it was written.</param>
/// <param name="Rung">Counted from 1 in its step.</param>
/// <param name="RungAt">When the next rung is due; null after the last.</param>
[CaseFact(isPublic: false, isCounted: false)]
[GenerateSerializer, Immutable, Alias("RungPassed")]
public sealed record RungPassed(
    DateTimeOffset At, string By, [property: Id(0)] Step Step, [property: Id(1)] DateTimeOffset Due,
    [property: Id(2)] int Rung, [property: Id(3)] DateTimeOffset? RungAt) : IncidentFact(At, By);
