using System.ComponentModel.DataAnnotations;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Incidents;
using GridMesh.Gateway.Plumbing.Descriptions;
using GridMesh.Gateway.Plumbing.Input;
using GridMesh.Gateway.Plumbing.Pipeline;
using GridMesh.Gateway.Plumbing.Problems;

namespace GridMesh.Gateway.Incidents;

internal sealed record HandBackBody
{
    [Required, RegularExpression(TextForms.Area)]
    public string? To { get; init; }

    [Required, MaxLength(IncidentCommand.TextMax)]
    public string? Reason { get; init; }
}

/// <summary>A case goes to the desk above or below.</summary>
internal static class EscalatingEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        CaseCommands.Map<ReasonBody>(api, "escalate", (call, body) =>
                new EscalateIncident(call.Id, call.Me, CaseCommands.Reason(call, body.Reason)))
            .Describe("escalateIncident", "The desk one tier up takes the case", "上报：交上一级平台")
            .Refuses(RejectCode.CaseIsClosed, RejectCode.OnlyTheOwnerOrItsDeskMay, RejectCode.DeskIsTheHighest);
        CaseCommands.Map<HandBackBody>(api, "hand-back", HandBack)
            .Describe("handBackIncident", "The desk gives the case to one below it", "交办下级")
            .Refuses(
                RejectCode.CaseIsClosed, RejectCode.OnlyTheDeskMay, RejectCode.DeskIsTheLowest,
                RejectCode.DeskIsNotOnTheWay);
    }

    private static HandBackIncident HandBack(CommandCall call, HandBackBody body)
    {
        if (!AreaCode.TryParse(body.To, out var to, out var reason))
            call.Check.That(false, "to", reason);

        return new HandBackIncident(call.Id, call.Me, to, CaseCommands.Reason(call, body.Reason));
    }
}
