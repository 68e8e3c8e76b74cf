using GridMesh.Contracts.Codes;

namespace GridMesh.Contracts.Incidents;

/// <summary>What an owner may ask a supervisor for.</summary>
[GenerateSerializer, Alias("RequestKind")]
public enum RequestKind
{
    /// <summary>延期: a later deadline.</summary>
    Extension,

    /// <summary>挂账: a clock that stands still.</summary>
    Suspension,
}

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

/// <summary>How far an appeal 申诉 has come.</summary>
[GenerateSerializer, Alias("AppealState")]
public enum AppealState
{
    None,

    /// <summary>Waits for its first reviewer.</summary>
    Asked,

    /// <summary>One reviewer granted it; waits for another one.</summary>
    GrantedOnce,

    /// <summary>Both granted it: exempt from the rates, the raw fact kept.</summary>
    Granted,
    Refused,
}

/// <summary>What the owner asked for and nobody has decided yet.</summary>
/// <param name="Hours">Of an extension: how much more, in hours in which the clock runs; else null.</param>
[GenerateSerializer, Immutable, Alias("CaseRequest")]
public sealed record CaseRequest(
    [property: Id(0)] RequestKind Kind,
    [property: Id(1)] int? Hours,
    [property: Id(2)] string Reason,
    [property: Id(3)] DateTimeOffset At,
    [property: Id(4)] string By);

/// <param name="Level">1 to <see cref="LevelMax"/>.</param>
[GenerateSerializer, Immutable, Alias("Supervision")]
public sealed record Supervision([property: Id(0)] SupervisionKind Kind, [property: Id(1)] int Level)
{
    public const int LevelMax = 3;
}

/// <summary>A department that was called to the case.</summary>
/// <param name="Due">When it has to have checked in.</param>
/// <param name="CameAt">Null until it has.</param>
[GenerateSerializer, Immutable, Alias("Summons")]
public sealed record Summons(
    [property: Id(0)] string Department, [property: Id(1)] DateTimeOffset Due, [property: Id(2)] DateTimeOffset? CameAt)
{
    /// <summary>Most departments called to one case.</summary>
    public const int DepartmentsMax = 20;
}

/// <summary>What is true of a case besides the step it stands at. All empty for most cases.</summary>
/// <param name="Request">Asked for and not decided.</param>
/// <param name="IsSuspended">Its clock stands still.</param>
/// <param name="Extensions">Granted so far.</param>
/// <param name="MergedInto">The case that goes on for it.</param>
/// <param name="Merged">Cases that it goes on for.</param>
[GenerateSerializer, Immutable, Alias("CaseMarks")]
public sealed record CaseMarks(
    [property: Id(0)] CaseRequest? Request,
    [property: Id(1)] bool IsSuspended,
    [property: Id(2)] int Extensions,
    [property: Id(3)] Supervision? Supervision,
    [property: Id(4)] int Reopens,
    [property: Id(5)] CaseNumber? MergedInto,
    [property: Id(6)] ImmutableArray<CaseNumber> Merged,
    [property: Id(7)] AppealState Appeal,
    [property: Id(8)] ImmutableArray<Summons> Summons)
{
    public static readonly CaseMarks None = new(null, false, 0, null, 0, null, [], AppealState.None, []);
}
