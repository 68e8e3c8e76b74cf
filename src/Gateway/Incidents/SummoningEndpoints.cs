using System.ComponentModel.DataAnnotations;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Incidents;
using GridMesh.Gateway.Plumbing.Descriptions;
using GridMesh.Gateway.Plumbing.Pipeline;
using GridMesh.Gateway.Plumbing.Problems;

namespace GridMesh.Gateway.Incidents;

internal sealed record SummonBody
{
    [Required, MinLength(1), MaxLength(Summons.DepartmentsMax)]
    public IReadOnlyList<string>? Departments { get; init; }

    [Required]
    public DateTimeOffset? By { get; init; }

    [Required, MaxLength(IncidentCommand.TextMax)]
    public string? Reason { get; init; }
}

/// <summary>A town calls departments, and they check in.</summary>
internal static class SummoningEndpoints
{
    /// <summary>Longest id of a department in characters.</summary>
    private const int DepartmentMax = 64;

    public static void Map(IEndpointRouteBuilder api)
    {
        CaseCommands.Map<SummonBody>(api, "summon", Summon)
            .Describe("summonDepartments", "Departments have to check in by a time", "吹哨：召集部门报到")
            .Refuses(
                RejectCode.CaseIsClosed, RejectCode.OnlyTheDeskMay, RejectCode.TimeIsInThePast,
                RejectCode.DepartmentIsUnknown, RejectCode.TooManyDepartments);
        CaseCommands.Map<EmptyBody>(api, "check-in", (call, _) => new CheckIn(call.Id, call.Me))
            .Describe("checkInDepartment", "A summoned department has come", "报到：被召集部门到场")
            .Refuses(RejectCode.CaseIsClosed, RejectCode.DepartmentWasNotSummoned);
    }

    private static SummonDepartments Summon(CommandCall call, SummonBody body)
    {
        var departments = body.Departments ?? [];
        call.Check.That(
            departments.Count is >= 1 and <= Summons.DepartmentsMax, "departments",
            $"has 1-{Summons.DepartmentsMax} ids");
        call.Check.That(
            departments.All(one => one is { Length: > 0 and <= DepartmentMax })
                && departments.Distinct().Count() == departments.Count,
            "departments", $"are ids of 1-{DepartmentMax} characters, each once");
        call.Check.That(body.By is not null, "by", "is required");
        return new SummonDepartments(
            call.Id, call.Me, [.. departments], body.By ?? default, CaseCommands.Reason(call, body.Reason));
    }
}
