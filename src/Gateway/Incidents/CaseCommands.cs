using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Incidents;
using GridMesh.Gateway.Plumbing.Descriptions;
using GridMesh.Gateway.Plumbing.Pipeline;
using GridMesh.Gateway.Plumbing.Problems;
using GridMesh.Gateway.Plumbing.Telemetry;

namespace GridMesh.Gateway.Incidents;

/// <summary>The commands that lead a case from one step to the next; those beside it are in other files.</summary>
internal static class CaseCommands
{
    private static readonly CommandPipeline<CaseNumber, IncidentCommand, CommandOutcome> s_cases = new()
    {
        Find = Find,
        Refuse = (call, number, _) => call.Me.Role == Role.Viewer ? RejectCode.RoleMayNot
            : call.Me.Sees(number.Grid) ? null
            : RejectCode.AreaIsOutsideYourOwn,
        DecideAsync = DecideAsync,
        RejectOf = outcome => (outcome.Reject, outcome.Case is { } at ? $"The case is {at.Step}." : null),
        Codes =
        [
            RejectCode.CaseNotFound, RejectCode.RoleMayNot, RejectCode.AreaIsOutsideYourOwn,
            RejectCode.LineIsOutsideYourOwn,
        ],
    };

    private static readonly CommandAnswer<CommandOutcome> s_case =
        CommandAnswer<CommandOutcome>.Ok((call, outcome) => CaseShape.For(call.Me, outcome.Case!));

    public static void Map(IEndpointRouteBuilder api)
    {
        Map<DispatchBody>(api, "dispatch", (call, body) => new DispatchIncident(
                call.Id, call.Me, call.Check.Text(body.Owner, "owner", DispatchBody.OwnerMax)))
            .Describe("dispatchIncident", "Give a case to a worker or department", "分流交办：案件交给网格员或部门")
            .Refuses(
                RejectCode.OnlyADispatcherOrTheGridLeaderMay, RejectCode.OnlyReportedOrReturnedCanBeDispatched,
                RejectCode.OwnerIsUnknown, RejectCode.OwnerDoesNotServeThisLine);
        Map<EmptyBody>(api, "self-handle", (call, _) => new SelfHandleIncident(call.Id, call.Me))
            .Describe("selfHandleIncident", "A worker of the grid takes the case up itself", "自行处置：本网格人员自己处置")
            .Refuses(RejectCode.OnlyAWorkerOfTheGridMaySelfHandle, RejectCode.OnlyReportedCanBeSelfHandled);
        Map<EmptyBody>(api, "accept", (call, _) => new AcceptIncident(call.Id, call.Me))
            .Describe("acceptIncident", "The owner accepts the case", "接单：承办人接受案件")
            .Refuses(RejectCode.OnlyDispatchedCanBeAccepted, RejectCode.OnlyTheOwnerMay);
        Map<ReasonBody>(api, "return", (call, body) => new ReturnIncident(call.Id, call.Me, Reason(call, body.Reason)))
            .Describe("returnIncident", "The owner gives the case back", "回退：不属于承办人，退回重新派遣")
            .Refuses(
                RejectCode.OnlyDispatchedOrHandlingCanBeReturned, RejectCode.OnlyTheOwnerMay,
                RejectCode.CaseIsSuspended);
        Map<ReasonBody>(api, "reject", (call, body) => new RejectIncident(call.Id, call.Me, Reason(call, body.Reason)))
            .Describe("rejectIncident", "The report is not taken up", "不予受理")
            .Refuses(RejectCode.OnlyADispatcherOrTheGridLeaderMay, RejectCode.OnlyReportedCanBeRejected);
        Map<ResolveBody>(api, "resolve", Resolve)
            .Describe("resolveIncident", "The owner has handled the case", "办结：处置完毕，等待核查")
            .Refuses(
                RejectCode.OwnerMustAcceptFirst, RejectCode.OnlyHandlingCanBeResolved, RejectCode.OnlyTheOwnerMay,
                RejectCode.CaseIsSuspended, RejectCode.MediationIsOpen);
        Map<InspectBody>(api, "inspect", Inspect)
            .Describe("inspectIncident", "An inspector looks at the result", "检查：核查处置结果，通过或返工")
            .Refuses(
                RejectCode.OnlyAnInspectorMay, RejectCode.OnlyInspectingCanBeInspected,
                RejectCode.InspectorMustNotBeTheHandler);
        Map<FeedbackBody>(api, "feedback", (call, body) => new TellReporter(
                call.Id, call.Me, call.Check.Text(body.Text, "text", IncidentCommand.TextMax)))
            .Describe("tellReporter", "The reporter is told, and the case closed", "反馈：告知上报人并结案")
            .Refuses(RejectCode.OnlyFeedbackCanBeTold, RejectCode.OnlyADispatcherOrTheOwnerMayTell);
        Map<EvaluateBody>(api, "evaluate", Evaluate)
            .Describe("evaluateIncident", "The reporter or a resident gives a score", "评议：上报人或居民评分")
            .Refuses(RejectCode.OnlyClosedCanBeEvaluated, RejectCode.OnlyReporterOrResidentMayEvaluate);
    }

    public static RouteHandlerBuilder Map<TBody>(
        IEndpointRouteBuilder api, string name, Func<CommandCall, TBody, IncidentCommand> read)
        where TBody : class, new() =>
        s_cases.Map<TBody>(api, $"incidents/{{id}}/{name}", (call, _, body) => read(call, body), s_case);

    public static string Reason(CommandCall call, string? reason) =>
        call.Check.Text(reason, "reason", IncidentCommand.TextMax);

    private static IResult? Find(CommandCall call, out CaseNumber number)
    {
        if (!CaseNumber.TryParse(call.Path("id"), out number, out var reason))
        {
            call.Check.That(false, "id", reason);
        }

        return null;
    }

    private static async Task<CommandOutcome> DecideAsync(
        CommandCall call, CaseNumber number, IncidentCommand command)
    {
        var desk = call.Service<IncidentDesk>();
        var outcome = command is MergeIncident merge
            ? await desk.MergeAsync(number, merge)
            : await desk.ExecuteAsync(number, command);
        GatewayMeter.Acknowledge.Record(
            call.Elapsed.TotalMilliseconds, new KeyValuePair<string, object?>("command", call.Name));
        return outcome;
    }

    private static ResolveIncident Resolve(CommandCall call, ResolveBody body)
    {
        var evidence = body.Evidence ?? [];
        call.Check.That(
            evidence.Count <= ResolveIncident.EvidenceMax, "evidence",
            $"has at most {ResolveIncident.EvidenceMax} pieces");
        call.Check.That(
            evidence.All(piece => piece is { Length: > 0 and <= 256 }), "evidence",
            "are references of 1-256 characters");
        return new ResolveIncident(
            call.Id, call.Me, call.Check.Text(body.Result, "result", IncidentCommand.TextMax), [.. evidence]);
    }

    private static InspectIncident Inspect(CommandCall call, InspectBody body)
    {
        call.Check.That(body.Pass is not null, "pass", "is required");
        call.Check.That(
            body.Pass is not false || !string.IsNullOrWhiteSpace(body.Reason), "reason", "is required when it fails");
        return new InspectIncident(
            call.Id, call.Me, body.Pass ?? false,
            call.Check.OptionalText(body.Reason, "reason", IncidentCommand.TextMax));
    }

    private static EvaluateIncident Evaluate(CommandCall call, EvaluateBody body)
    {
        call.Check.That(body.Score is >= 1 and <= 5, "score", "is 1-5");
        return new EvaluateIncident(
            call.Id, call.Me, body.Score ?? 0,
            call.Check.OptionalText(body.Comment, "comment", IncidentCommand.TextMax));
    }
}
