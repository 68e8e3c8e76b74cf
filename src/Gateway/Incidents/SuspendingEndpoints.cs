using System.ComponentModel.DataAnnotations;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Incidents;
using GridMesh.Gateway.Plumbing.Descriptions;
using GridMesh.Gateway.Plumbing.Pipeline;
using GridMesh.Gateway.Plumbing.Problems;

namespace GridMesh.Gateway.Incidents;

internal sealed record ExtendBody
{
    /// <summary>Longest extension that is looked at, in hours; the standard's own limit is stricter.</summary>
    public const int HoursMax = 24 * 90;

    [Required, Range(1, HoursMax)]
    public int? Hours { get; init; }

    [Required, MaxLength(IncidentCommand.TextMax)]
    public string? Reason { get; init; }
}

/// <summary>The clock of a case is moved or stands still.</summary>
internal static class SuspendingEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        CaseCommands.Map<ExtendBody>(api, "extend", Extend)
            .Describe("askForExtension", "The owner asks for more time", "申请延期：按案件时钟计的小时数")
            .Refuses(
                RejectCode.OnlyHandlingCanBeExtendedOrSuspended, RejectCode.OnlyTheOwnerMay,
                RejectCode.CaseIsSuspended, RejectCode.ARequestIsUndecided, RejectCode.NoMoreExtensions,
                RejectCode.ExtensionIsTooLong);
        CaseCommands.Map<GrantBody>(api, "extension", (call, body) =>
                new DecideRequest(call.Id, call.Me, body.IsYes(call), body.Why(call)))
            .Describe("decideRequest", "A supervisor decides what the owner asked for", "审批：延期或挂账申请")
            .Refuses(
                RejectCode.OnlyASupervisorMay, RejectCode.NothingWasAskedFor, RejectCode.NobodyDecidesForThemselves);
        CaseCommands.Map<ReasonBody>(api, "suspend", (call, body) =>
                new SuspendIncident(call.Id, call.Me, CaseCommands.Reason(call, body.Reason)))
            .Describe("suspendIncident", "The clock stands still, or is asked to", "挂账：时钟暂停")
            .Refuses(
                RejectCode.OnlyHandlingCanBeExtendedOrSuspended, RejectCode.OnlyTheOwnerMay,
                RejectCode.CaseIsSuspended, RejectCode.ARequestIsUndecided);
        CaseCommands.Map<EmptyBody>(api, "resume", (call, _) => new ResumeIncident(call.Id, call.Me))
            .Describe("resumeIncident", "The clock runs on with what was left", "恢复计时")
            .Refuses(RejectCode.CaseIsNotSuspended, RejectCode.OnlyTheOwnerMay);
    }

    private static AskExtension Extend(CommandCall call, ExtendBody body)
    {
        call.Check.That(
            body.Hours is >= 1 and <= ExtendBody.HoursMax, "hours",
            $"is 1-{ExtendBody.HoursMax}, on the clock of the case");
        return new AskExtension(call.Id, call.Me, body.Hours ?? 0, CaseCommands.Reason(call, body.Reason));
    }
}
