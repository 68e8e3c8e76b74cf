using System.ComponentModel.DataAnnotations;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Incidents;
using GridMesh.Gateway.Plumbing.Descriptions;
using GridMesh.Gateway.Plumbing.Input;
using GridMesh.Gateway.Plumbing.Pipeline;
using GridMesh.Gateway.Plumbing.Problems;

namespace GridMesh.Gateway.Incidents;

internal sealed record MergeBody
{
    [Required, RegularExpression(TextForms.Case)]
    public string? Into { get; init; }
}

/// <summary>Two cases are the same matter.</summary>
internal static class MergingEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        CaseCommands.Map<MergeBody>(api, "merge", (call, body) =>
                new MergeIncident(call.Id, call.Me, call.Check.Case(body.Into, "into")))
            .Describe("mergeIncident", "Another case goes on for this one", "并案：并入另一案件")
            .Refuses(
                RejectCode.OnlyADispatcherOrTheGridLeaderMay, RejectCode.OnlyReportedCanBeMerged,
                RejectCode.CaseCannotMergeIntoItself, RejectCode.CaseHoldsMergedCases,
                RejectCode.CaseToMergeIntoIsUnknown, RejectCode.CaseToMergeIntoIsClosed);
    }
}
