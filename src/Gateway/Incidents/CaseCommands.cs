using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Incidents;
using GridMesh.Gateway.Plumbing.Descriptions;
using GridMesh.Gateway.Plumbing.Pipeline;
using GridMesh.Gateway.Plumbing.Problems;
using GridMesh.Gateway.Plumbing.Telemetry;

namespace GridMesh.Gateway.Incidents;

/// <summary>The one way of a command from the endpoint to its case; each topic says what it reads.</summary>
internal static class CaseCommands
{
    private static readonly CommandPipeline<CaseNumber, IncidentCommand, CommandOutcome> s_cases = new()
    {
        Find = Find,
        Refuse = (call, number, _) => call.Me.Role == Role.Viewer ? RejectCode.RoleMayNot
            : call.Me.Sees(number.Grid) ? null
            : RejectCode.AreaIsOutsideYourOwn,
        DecideAsync = DecideAsync,
        RejectOf = outcome => (outcome.Reject, SentenceOf(outcome)),
        Codes =
        [
            RejectCode.CaseNotFound, RejectCode.RoleMayNot, RejectCode.AreaIsOutsideYourOwn,
            RejectCode.LineIsOutsideYourOwn,
        ],
    };

    private static readonly CommandAnswer<CommandOutcome> s_case =
        CommandAnswer<CommandOutcome>.Ok((call, outcome) => outcome.Case!.ShowTo(call.Me));

    public static RouteHandlerBuilder Map<TBody>(
        IEndpointRouteBuilder api, string name, Func<CommandCall, TBody, IncidentCommand> read)
        where TBody : class, new() =>
        s_cases.Map<TBody>(api, $"incidents/{{id}}/{name}", (call, _, body) => read(call, body), s_case);

    public static string Reason(CommandCall call, string? reason) =>
        call.Check.Text(reason, "reason", IncidentCommand.TextMax);

    private static IResult? Find(CommandCall call, out CaseNumber number)
    {
        number = call.Check.Case(call.Path("id"), "id");
        return null;
    }

    /// <summary>Who may not see the case does not hear of its step.</summary>
    private static string? SentenceOf(CommandOutcome outcome) =>
        outcome is { Case: { } at, Reject: not (RejectCode.RoleMayNot or RejectCode.LineIsOutsideYourOwn) }
            ? $"The case is {at.Step}."
            : null;

    private static async Task<CommandOutcome> DecideAsync(
        CommandCall call, CaseNumber number, IncidentCommand command)
    {
        var service = call.Service<IncidentService>();
        var outcome = command is MergeIncident merge
            ? await service.MergeAsync(number, merge)
            : await service.ExecuteAsync(number, command);
        GatewayMeter.Acknowledge.Record(
            call.Elapsed.TotalMilliseconds, new KeyValuePair<string, object?>("command", call.Name));
        return outcome;
    }
}
