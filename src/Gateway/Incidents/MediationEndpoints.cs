using GridMesh.Contracts.Access;
using GridMesh.Contracts.Incidents;
using GridMesh.Gateway.Problems;

namespace GridMesh.Gateway.Incidents;

internal sealed record PartyBody(string? Name, string? Contact, string? Role);

internal sealed record PartiesBody
{
    public IReadOnlyList<PartyBody?>? Parties { get; init; }
}

internal sealed record MediationBody
{
    public DateTimeOffset? HeldAt { get; init; }

    public string? Mediator { get; init; }

    public string? Outcome { get; init; }

    public string? Text { get; init; }

    public string? Agreement { get; init; }
}

/// <summary>Mediation of a dispute (docs/cases.md).</summary>
internal static class MediationEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        IncidentEndpoints.Map<PartiesBody>(api, "parties", Parties);
        IncidentEndpoints.Map<MediationBody>(api, "mediations", Mediation);
    }

    private static NameParties Parties(Check check, PartiesBody body, Guid id, Actor me)
    {
        var parties = body.Parties ?? [];
        check.That(
            parties.Count is >= Party.CountMin and <= Party.CountMax, "parties",
            $"are {Party.CountMin}-{Party.CountMax}");
        return new NameParties(id, me, [.. parties.Take(Party.CountMax).Select((party, i) => new Party(
            check.Text(party?.Name, $"parties[{i}].name", Party.NameMax),
            check.OptionalText(party?.Contact, $"parties[{i}].contact", Party.ContactMax),
            check.OptionalText(party?.Role, $"parties[{i}].role", Party.RoleMax)))]);
    }

    private static HoldMediation Mediation(Check check, MediationBody body, Guid id, Actor me)
    {
        var outcome = check.OneOf<MediationOutcome>(body.Outcome, "outcome");
        check.That(!string.IsNullOrEmpty(body.Outcome), "outcome", "is required");
        check.That(body.HeldAt is not null, "heldAt", "is required");
        var agreement = check.OptionalText(body.Agreement, "agreement", IncidentCommand.TextMax);
        check.That(
            outcome is null || (outcome == MediationOutcome.Agreed) == (agreement is not null), "agreement",
            "is told when they agreed, and only then");
        return new HoldMediation(id, me, new MediationSession(
            body.HeldAt ?? default, check.Text(body.Mediator, "mediator", MediationSession.MediatorMax),
            outcome ?? default, check.Text(body.Text, "text", IncidentCommand.TextMax), agreement));
    }
}
