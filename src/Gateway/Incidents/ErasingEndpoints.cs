using System.ComponentModel.DataAnnotations;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Incidents;
using GridMesh.Gateway.Plumbing.Descriptions;
using GridMesh.Gateway.Plumbing.Pipeline;
using GridMesh.Gateway.Plumbing.Problems;

namespace GridMesh.Gateway.Incidents;

internal sealed record EraseBody
{
    [Required, MaxLength(IncidentCommand.TextMax)]
    public string? Reason { get; init; }

    /// <summary>Who reported it goes, what was written stays.</summary>
    public bool? ContactOnly { get; init; }
}

internal sealed record ReporterBody
{
    [Required, MaxLength(ReportEndpoint.ReporterMax)]
    public string? Reporter { get; init; }

    [Required, MaxLength(IncidentCommand.TextMax)]
    public string? Reason { get; init; }
}

/// <summary>People's data in a case, put right and erased.</summary>
internal static class ErasingEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        CaseCommands.Map<EraseBody>(api, "erase", (call, body) => new EraseCase(
                call.Id, call.Me, CaseCommands.Reason(call, body.Reason), body.ContactOnly ?? false, Person: null))
            .Describe(
                "eraseIncident", "Erase what is personal in a case that is over", "删除已办结案件中的个人信息")
            .Refuses(RejectCode.OnlyClosedCanBeErased);
        CaseCommands.Map<ReporterBody>(api, "correct-reporter", (call, body) => new CorrectReporter(
                call.Id, call.Me, call.Check.Text(body.Reporter, "reporter", ReportEndpoint.ReporterMax),
                CaseCommands.Reason(call, body.Reason)))
            .Describe("correctReporter", "Put right who reported a case", "更正上报人信息")
            .Refuses(RejectCode.CaseHasNoReporter);
    }
}
