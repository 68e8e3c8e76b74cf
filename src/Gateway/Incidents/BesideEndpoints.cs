using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Incidents;
using GridMesh.Gateway.Plumbing.Descriptions;
using GridMesh.Gateway.Plumbing.Pipeline;
using GridMesh.Gateway.Plumbing.Problems;

namespace GridMesh.Gateway.Incidents;

/// <summary>Commands that do not lead from one step to the next (docs/cases.md).</summary>
internal static class BesideEndpoints
{
    /// <summary>Longest id of a department in characters.</summary>
    private const int DepartmentMax = 64;

    public static void Map(IEndpointRouteBuilder api)
    {
        MapDesks(api);
        MapClock(api);
        MapAppeals(api);
        MapTogether(api);
    }

    /// <summary>Where a case lies, and what it is one with.</summary>
    private static void MapDesks(IEndpointRouteBuilder api)
    {
        CaseCommands.Map<ReasonBody>(api, "reopen", (call, body) =>
                new ReopenIncident(call.Id, call.Me, CaseCommands.Reason(call, body.Reason)))
            .Describe("reopenIncident", "A closed case is taken up again", "重启：结案后 72 小时内重新办理")
            .Refuses(
                RejectCode.OnlyClosedCanBeReopened, RejectCode.OnlyReporterOrInspectorMayReopen,
                RejectCode.TimeToReopenIsOver);
        CaseCommands.Map<ReasonBody>(api, "escalate", (call, body) =>
                new EscalateIncident(call.Id, call.Me, CaseCommands.Reason(call, body.Reason)))
            .Describe("escalateIncident", "The desk one tier up takes the case", "上报：交上一级平台")
            .Refuses(RejectCode.CaseIsClosed, RejectCode.OnlyTheOwnerOrItsDeskMay, RejectCode.DeskIsTheHighest);
        CaseCommands.Map<HandBackBody>(api, "hand-back", HandBack)
            .Describe("handBackIncident", "The desk gives the case to one below it", "交办下级")
            .Refuses(
                RejectCode.CaseIsClosed, RejectCode.OnlyTheDeskMay, RejectCode.DeskIsTheLowest,
                RejectCode.DeskIsNotOnTheWay);
        CaseCommands.Map<MergeBody>(api, "merge", Merge)
            .Describe("mergeIncident", "Another case goes on for this one", "并案：并入另一案件")
            .Refuses(
                RejectCode.OnlyADispatcherOrTheGridLeaderMay, RejectCode.OnlyReportedCanBeMerged,
                RejectCode.CaseCannotMergeIntoItself, RejectCode.CaseHoldsMergedCases,
                RejectCode.CaseToMergeIntoIsUnknown, RejectCode.CaseToMergeIntoIsClosed);
    }

    /// <summary>The clock of a case, and whoever presses it on.</summary>
    private static void MapClock(IEndpointRouteBuilder api)
    {
        CaseCommands.Map<ExtendBody>(api, "extend", Extend)
            .Describe("askForExtension", "The owner asks for more time", "申请延期：按案件时钟计的小时数")
            .Refuses(
                RejectCode.OnlyHandlingCanBeExtendedOrSuspended, RejectCode.OnlyTheOwnerMay,
                RejectCode.CaseIsSuspended, RejectCode.ARequestIsUndecided, RejectCode.NoMoreExtensions,
                RejectCode.ExtensionIsTooLong);
        CaseCommands.Map<GrantBody>(api, "extension", (call, body) =>
                new DecideRequest(call.Id, call.Me, Yes(call, body), Why(call, body)))
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
        CaseCommands.Map<SuperviseBody>(api, "supervise", Supervise)
            .Describe("superviseIncident", "A supervisor watches over the case", "督办")
            .Refuses(RejectCode.CaseIsClosed, RejectCode.OnlyASupervisorMay);
        CaseCommands.Map<ReasonBody>(api, "remind", (call, body) =>
                new RemindIncident(call.Id, call.Me, CaseCommands.Reason(call, body.Reason)))
            .Describe("remindIncident", "Ask when a case will be done", "催办")
            .Refuses(RejectCode.CaseIsClosed, RejectCode.TooManyReminders);
    }

    private static void MapAppeals(IEndpointRouteBuilder api)
    {
        CaseCommands.Map<ReasonBody>(api, "appeal", (call, body) =>
                new AppealIncident(call.Id, call.Me, CaseCommands.Reason(call, body.Reason)))
            .Describe("appealIncident", "The owner of a late case asks to be exempt", "申诉：超时案件申请免责")
            .Refuses(
                RejectCode.OnlyClosedCanBeAppealed, RejectCode.OnlyTheOwnerMay, RejectCode.OnlyLateCasesCanBeAppealed,
                RejectCode.CaseWasAppealedAlready);
        CaseCommands.Map<GrantBody>(api, "review", (call, body) =>
                new ReviewAppeal(call.Id, call.Me, Yes(call, body), Why(call, body)))
            .Describe("reviewAppeal", "One of two reviewers decides on an appeal", "复核：两名不同复核人")
            .Refuses(
                RejectCode.OnlyASupervisorMay, RejectCode.NoAppealIsOpen, RejectCode.NobodyDecidesForThemselves,
                RejectCode.ReviewersMustDiffer);
    }

    /// <summary>Others who have to do with a case.</summary>
    private static void MapTogether(IEndpointRouteBuilder api)
    {
        CaseCommands.Map<LinesBody>(api, "lines", CallLines)
            .Describe("callLines", "Other lines of work see the case", "多条线协同")
            .Refuses(RejectCode.CaseIsClosed, RejectCode.OnlyTheOwnerOrItsDeskMay);
        CaseCommands.Map<FeedbackBody>(api, "note", (call, body) => new NoteIncident(
                call.Id, call.Me, call.Check.Text(body.Text, "text", IncidentCommand.TextMax)))
            .Describe("noteIncident", "Put a note on record", "备注")
            .Refuses(RejectCode.CaseIsClosed, RejectCode.CaseHoldsTooManyNotes);
        CaseCommands.Map<SummonBody>(api, "summon", Summon)
            .Describe("summonDepartments", "Departments have to check in by a time", "吹哨：召集部门报到")
            .Refuses(
                RejectCode.CaseIsClosed, RejectCode.OnlyTheDeskMay, RejectCode.TimeIsInThePast,
                RejectCode.DepartmentIsUnknown, RejectCode.TooManyDepartments);
        CaseCommands.Map<EmptyBody>(api, "check-in", (call, _) => new CheckIn(call.Id, call.Me))
            .Describe("checkInDepartment", "A summoned department has come", "报到：被召集部门到场")
            .Refuses(RejectCode.CaseIsClosed, RejectCode.DepartmentWasNotSummoned);
    }

    private static HandBackIncident HandBack(CommandCall call, HandBackBody body)
    {
        if (!AreaCode.TryParse(body.To, out var to, out var reason))
        {
            call.Check.That(false, "to", reason);
        }

        return new HandBackIncident(call.Id, call.Me, to, CaseCommands.Reason(call, body.Reason));
    }

    private static AskExtension Extend(CommandCall call, ExtendBody body)
    {
        call.Check.That(
            body.Hours is >= 1 and <= ExtendBody.HoursMax, "hours",
            $"is 1-{ExtendBody.HoursMax}, on the clock of the case");
        return new AskExtension(call.Id, call.Me, body.Hours ?? 0, CaseCommands.Reason(call, body.Reason));
    }

    private static SuperviseIncident Supervise(CommandCall call, SuperviseBody body)
    {
        var kind = call.Check.OneOf<SupervisionKind>(body.Kind ?? nameof(SupervisionKind.Leader), "kind");
        call.Check.That(kind != SupervisionKind.Timeout, "kind", "is Leader or Important; Timeout is the clock's");
        call.Check.That(
            body.Level is >= 1 and <= Supervision.LevelMax, "level", $"is 1-{Supervision.LevelMax}");
        return new SuperviseIncident(
            call.Id, call.Me, kind ?? default, body.Level ?? 0, CaseCommands.Reason(call, body.Reason));
    }

    private static MergeIncident Merge(CommandCall call, MergeBody body)
    {
        if (!CaseNumber.TryParse(body.Into ?? "", out var into, out var reason))
        {
            call.Check.That(false, "into", reason);
        }

        return new MergeIncident(call.Id, call.Me, into);
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

    private static CallLines CallLines(CommandCall call, LinesBody body)
    {
        var lines = body.Lines ?? [];
        call.Check.That(
            lines.Count is >= 1 and <= LinesBody.LinesMax, "lines", $"has 1-{LinesBody.LinesMax} lines");
        var known = lines.Take(LinesBody.LinesMax)
            .Select(line => call.Check.OneOf<Line>(line, "lines")).OfType<Line>().Distinct();
        return new CallLines(call.Id, call.Me, [.. known], CaseCommands.Reason(call, body.Reason));
    }

    private static bool Yes(CommandCall call, GrantBody body)
    {
        call.Check.That(body.Grant is not null, "grant", "is required");
        return body.Grant ?? false;
    }

    /// <summary>A no is explained, a yes may be.</summary>
    private static string? Why(CommandCall call, GrantBody body) => body.Grant is false
        ? CaseCommands.Reason(call, body.Reason)
        : call.Check.OptionalText(body.Reason, "reason", IncidentCommand.TextMax);
}
