using System.ComponentModel.DataAnnotations;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Incidents;
using GridMesh.Gateway.Plumbing.Descriptions;
using GridMesh.Gateway.Plumbing.Pipeline;
using GridMesh.Gateway.Plumbing.Problems;

namespace GridMesh.Gateway.Incidents;

internal sealed record ResolveBody
{
    [Required, MaxLength(IncidentCommand.TextMax)]
    public string? Result { get; init; }

    [MaxLength(ResolveIncident.EvidenceMax)]
    public IReadOnlyList<string>? Evidence { get; init; }
}

/// <summary>What the owner does with a case.</summary>
internal static class HandlingEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        CaseCommands.Map<EmptyBody>(api, "accept", (call, _) => new AcceptIncident(call.Id, call.Me))
            .Describe("acceptIncident", "The owner accepts the case", "接单：承办人接受案件")
            .Refuses(RejectCode.OnlyDispatchedCanBeAccepted, RejectCode.OnlyTheOwnerMay);
        CaseCommands.Map<ReasonBody>(api, "return", (call, body) =>
                new ReturnIncident(call.Id, call.Me, CaseCommands.Reason(call, body.Reason)))
            .Describe("returnIncident", "The owner gives the case back", "回退：不属于承办人，退回重新派遣")
            .Refuses(
                RejectCode.OnlyDispatchedOrHandlingCanBeReturned, RejectCode.OnlyTheOwnerMay,
                RejectCode.CaseIsSuspended);
        CaseCommands.Map<ResolveBody>(api, "resolve", Resolve)
            .Describe("resolveIncident", "The owner has handled the case", "办结：处置完毕，等待核查")
            .Refuses(
                RejectCode.OwnerMustAcceptFirst, RejectCode.OnlyHandlingCanBeResolved, RejectCode.OnlyTheOwnerMay,
                RejectCode.CaseIsSuspended, RejectCode.MediationIsOpen);
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
}
