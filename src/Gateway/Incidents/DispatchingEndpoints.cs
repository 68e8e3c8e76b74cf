using System.ComponentModel.DataAnnotations;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Incidents;
using GridMesh.Gateway.Plumbing.Descriptions;
using GridMesh.Gateway.Plumbing.Input;
using GridMesh.Gateway.Plumbing.Pipeline;
using GridMesh.Gateway.Plumbing.Problems;

namespace GridMesh.Gateway.Incidents;

internal sealed record DispatchBody
{
    /// <summary>Longest id of an owner in characters.</summary>
    public const int OwnerMax = 64;

    [Required, MaxLength(OwnerMax)]
    public string? Owner { get; init; }
}

internal sealed record GradeBody
{
    [Required, NamesOf<Severity>]
    public string? Severity { get; init; }

    [Required, MaxLength(IncidentCommand.TextMax)]
    public string? Reason { get; init; }
}

/// <summary>A case gets its one owner, or is not taken up.</summary>
internal static class DispatchingEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        CaseCommands.Map<DispatchBody>(api, "dispatch", (call, body) => new DispatchIncident(
                call.Id, call.Me, call.Check.Text(body.Owner, "owner", DispatchBody.OwnerMax)))
            .Describe("dispatchIncident", "Give a case to a worker or department", "分流交办：案件交给网格员或部门")
            .Refuses(
                RejectCode.OnlyADispatcherOrTheGridLeaderMay, RejectCode.OnlyReportedOrReturnedCanBeDispatched,
                RejectCode.OwnerIsUnknown, RejectCode.OwnerDoesNotServeThisLine);
        CaseCommands.Map<EmptyBody>(api, "self-handle", (call, _) => new SelfHandleIncident(call.Id, call.Me))
            .Describe("selfHandleIncident", "A worker of the grid takes the case up itself", "自行处置：本网格人员自己处置")
            .Refuses(RejectCode.OnlyAWorkerOfTheGridMaySelfHandle, RejectCode.OnlyReportedCanBeSelfHandled);
        CaseCommands.Map<ReasonBody>(api, "reject", (call, body) =>
                new RejectIncident(call.Id, call.Me, CaseCommands.Reason(call, body.Reason)))
            .Describe("rejectIncident", "The report is not taken up", "不予受理")
            .Refuses(RejectCode.OnlyADispatcherOrTheGridLeaderMay, RejectCode.OnlyReportedCanBeRejected);
        CaseCommands.Map<GradeBody>(api, "grade", Grade)
            .Describe("gradeIncident", "Another severity than it was filed with", "定级：调整案件等级")
            .Refuses(RejectCode.CaseIsClosed, RejectCode.OnlyADispatcherOrTheGridLeaderMay);
    }

    private static GradeIncident Grade(CommandCall call, GradeBody body)
    {
        var severity = call.Check.OneOf<Severity>(body.Severity, "severity");
        call.Check.That(!string.IsNullOrEmpty(body.Severity), "severity", "is required");
        return new GradeIncident(call.Id, call.Me, severity ?? default, CaseCommands.Reason(call, body.Reason));
    }
}
