using GridMesh.Contracts.Access;
using GridMesh.Contracts.Facts;

namespace GridMesh.Contracts.Incidents;

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

/// <summary>Calls departments to the case 街镇吹哨: each has to check in by a time, and the town leads.</summary>
[GenerateSerializer, Immutable, Alias("SummonDepartments")]
public sealed record SummonDepartments(
    Guid CommandId, Actor By, [property: Id(0)] ImmutableArray<string> Departments,
    [property: Id(1)] DateTimeOffset Due, [property: Id(2)] string Reason) : IncidentCommand(CommandId, By);

/// <summary>A department that was summoned has come 部门报到.</summary>
[GenerateSerializer, Immutable, Alias("CheckIn")]
public sealed record CheckIn(Guid CommandId, Actor By) : IncidentCommand(CommandId, By);

/// <param name="Due">When each has to have checked in.</param>
[CaseFact(isPublic: false, isCounted: false)]
[GenerateSerializer, Immutable, Alias("DepartmentsSummoned")]
public sealed record DepartmentsSummoned(
    DateTimeOffset At, string By, [property: Id(0)] ImmutableArray<string> Departments,
    [property: Id(1)] DateTimeOffset Due, [property: Id(2), Words] string Reason) : IncidentFact(At, By)
{
    public override IncidentFact WithoutPersons() => this with { Reason = PersonalText.Mask(Reason) };
}

/// <param name="IsLate">It came after its time: on record whatever comes after.</param>
[CaseFact(isPublic: false, isCounted: false)]
[GenerateSerializer, Immutable, Alias("DepartmentCheckedIn")]
public sealed record DepartmentCheckedIn(
    DateTimeOffset At, string By, [property: Id(0)] string Department, [property: Id(1)] bool IsLate)
    : IncidentFact(At, By);
