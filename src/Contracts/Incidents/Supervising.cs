using GridMesh.Contracts.Access;
using GridMesh.Contracts.Facts;

namespace GridMesh.Contracts.Incidents;

/// <summary>Why a case is under supervision 督办.</summary>
[GenerateSerializer, Alias("SupervisionKind")]
public enum SupervisionKind
{
    /// <summary>超时督办: a deadline passed. Set by the clock only.</summary>
    Timeout,

    /// <summary>领导督办</summary>
    Leader,

    /// <summary>重点督办</summary>
    Important,
}

/// <param name="Level">1 to <see cref="LevelMax"/>.</param>
[GenerateSerializer, Immutable, Alias("Supervision")]
public sealed record Supervision([property: Id(0)] SupervisionKind Kind, [property: Id(1)] int Level)
{
    public const int LevelMax = 3;
}

/// <summary>Puts the case under supervision, or on another level of it.</summary>
/// <param name="Level">1 to <see cref="Supervision.LevelMax"/>.</param>
[GenerateSerializer, Immutable, Alias("SuperviseIncident")]
public sealed record SuperviseIncident(
    Guid CommandId, Actor By, [property: Id(0)] SupervisionKind Kind, [property: Id(1)] int Level,
    [property: Id(2)] string Reason)
    : IncidentCommand(CommandId, By);

/// <summary>Asks when it will be done 催办: on record, and more supervision where the case is late.</summary>
[GenerateSerializer, Immutable, Alias("RemindIncident")]
public sealed record RemindIncident(Guid CommandId, Actor By, [property: Id(0)] string Reason)
    : IncidentCommand(CommandId, By);

/// <param name="Reason">As of <see cref="IncidentEscalated"/>, and so is the last one.</param>
[CaseFact(isPublic: false, isCounted: false)]
[GenerateSerializer, Immutable, Alias("IncidentSupervised")]
public sealed record IncidentSupervised(
    DateTimeOffset At, string By, [property: Id(0)] SupervisionKind Kind, [property: Id(1)] int Level,
    [property: Id(2), Words] string Reason, [property: Id(3)] int? MinutesPast = null) : IncidentFact(At, By)
{
    public override IncidentFact WithoutPersons() => this with { Reason = PersonalText.Mask(Reason) };
}

/// <summary>Somebody asked when it will be done.</summary>
[CaseFact(isPublic: false, isCounted: false)]
[GenerateSerializer, Immutable, Alias("IncidentReminded")]
public sealed record IncidentReminded(DateTimeOffset At, string By, [property: Id(0), Words] string Reason)
    : IncidentFact(At, By)
{
    public override IncidentFact WithoutPersons() => this with { Reason = PersonalText.Mask(Reason) };
}
