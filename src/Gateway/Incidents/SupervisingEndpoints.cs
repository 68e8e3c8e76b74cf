using System.ComponentModel.DataAnnotations;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Incidents;
using GridMesh.Gateway.Plumbing.Descriptions;
using GridMesh.Gateway.Plumbing.Pipeline;
using GridMesh.Gateway.Plumbing.Problems;

namespace GridMesh.Gateway.Incidents;

internal sealed record SuperviseBody
{
    [Required, Range(1, Supervision.LevelMax)]
    public int? Level { get; init; }

    [AllowedValues(nameof(SupervisionKind.Leader), nameof(SupervisionKind.Important), null)]
    public string? Kind { get; init; }

    [Required, MaxLength(IncidentCommand.TextMax)]
    public string? Reason { get; init; }
}

/// <summary>A case is watched over and asked after.</summary>
internal static class SupervisingEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        CaseCommands.Map<SuperviseBody>(api, "supervise", Supervise)
            .Describe("superviseIncident", "A supervisor watches over the case", "督办")
            .Refuses(RejectCode.CaseIsClosed, RejectCode.OnlyASupervisorMay);
        CaseCommands.Map<ReasonBody>(api, "remind", (call, body) =>
                new RemindIncident(call.Id, call.Me, CaseCommands.Reason(call, body.Reason)))
            .Describe("remindIncident", "Ask when a case will be done", "催办")
            .Refuses(RejectCode.CaseIsClosed, RejectCode.TooManyReminders);
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
}
