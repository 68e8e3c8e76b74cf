using System.ComponentModel.DataAnnotations;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Incidents;
using GridMesh.Gateway.Plumbing.Descriptions;
using GridMesh.Gateway.Plumbing.Pipeline;
using GridMesh.Gateway.Plumbing.Problems;

namespace GridMesh.Gateway.Incidents;

internal sealed record EvaluateBody
{
    [Required, Range(1, 5)]
    public int? Score { get; init; }

    [MaxLength(IncidentCommand.TextMax)]
    public string? Comment { get; init; }
}

/// <summary>The reporter is told and gives a score, or the case is taken up again.</summary>
internal static class ClosingEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        CaseCommands.Map<FeedbackBody>(api, "feedback", (call, body) => new TellReporter(
                call.Id, call.Me, call.Check.Text(body.Text, "text", IncidentCommand.TextMax)))
            .Describe("tellReporter", "The reporter is told, and the case closed", "反馈：告知上报人并结案")
            .Refuses(RejectCode.OnlyFeedbackCanBeTold, RejectCode.OnlyADispatcherOrTheOwnerMayTell);
        CaseCommands.Map<EvaluateBody>(api, "evaluate", Evaluate)
            .Describe("evaluateIncident", "The reporter or a resident gives a score", "评议：上报人或居民评分")
            .Refuses(
                RejectCode.OnlyClosedCanBeEvaluated, RejectCode.OnlyReporterOrResidentMayEvaluate,
                RejectCode.NobodyDecidesForThemselves);
        CaseCommands.Map<ReasonBody>(api, "reopen", (call, body) =>
                new ReopenIncident(call.Id, call.Me, CaseCommands.Reason(call, body.Reason)))
            .Describe("reopenIncident", "A closed case is taken up again", "重启：结案后 72 小时内重新办理")
            .Refuses(
                RejectCode.OnlyClosedCanBeReopened, RejectCode.OnlyReporterOrInspectorMayReopen,
                RejectCode.TimeToReopenIsOver);
    }

    private static EvaluateIncident Evaluate(CommandCall call, EvaluateBody body)
    {
        call.Check.That(body.Score is >= 1 and <= 5, "score", "is 1-5");
        return new EvaluateIncident(
            call.Id, call.Me, body.Score ?? 0,
            call.Check.OptionalText(body.Comment, "comment", IncidentCommand.TextMax));
    }
}
