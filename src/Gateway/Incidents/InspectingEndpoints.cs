using System.ComponentModel.DataAnnotations;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Incidents;
using GridMesh.Gateway.Plumbing.Descriptions;
using GridMesh.Gateway.Plumbing.Pipeline;
using GridMesh.Gateway.Plumbing.Problems;

namespace GridMesh.Gateway.Incidents;

internal sealed record InspectBody
{
    [Required]
    public bool? Pass { get; init; }

    [MaxLength(IncidentCommand.TextMax)]
    public string? Reason { get; init; }
}

/// <summary>Somebody else looks at what was done.</summary>
internal static class InspectingEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        CaseCommands.Map<InspectBody>(api, "inspect", Inspect)
            .Describe("inspectIncident", "An inspector looks at the result", "检查：核查处置结果，通过或返工")
            .Refuses(
                RejectCode.OnlyAnInspectorMay, RejectCode.OnlyInspectingCanBeInspected,
                RejectCode.InspectorMustNotBeTheHandler);
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
}
