using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Incidents;
using GridMesh.Gateway.Plumbing.Descriptions;
using GridMesh.Gateway.Plumbing.Problems;

namespace GridMesh.Gateway.Incidents;

/// <summary>The owner of a late case asks to be exempt.</summary>
internal static class AppealingEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        CaseCommands.Map<ReasonBody>(api, "appeal", (call, body) =>
                new AppealIncident(call.Id, call.Me, CaseCommands.Reason(call, body.Reason)))
            .Describe("appealIncident", "The owner of a late case asks to be exempt", "申诉：超时案件申请免责")
            .Refuses(
                RejectCode.OnlyClosedCanBeAppealed, RejectCode.OnlyTheOwnerMay, RejectCode.OnlyLateCasesCanBeAppealed,
                RejectCode.CaseWasAppealedAlready);
        CaseCommands.Map<GrantBody>(api, "review", (call, body) =>
                new ReviewAppeal(call.Id, call.Me, body.IsYes(call), body.Why(call)))
            .Describe("reviewAppeal", "One of two reviewers decides on an appeal", "复核：两名不同复核人")
            .Refuses(
                RejectCode.OnlyASupervisorMay, RejectCode.NoAppealIsOpen, RejectCode.NobodyDecidesForThemselves,
                RejectCode.ReviewersMustDiffer);
    }
}
