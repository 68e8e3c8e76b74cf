using System.ComponentModel.DataAnnotations;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Incidents;
using GridMesh.Gateway.Plumbing.Descriptions;
using GridMesh.Gateway.Plumbing.Input;
using GridMesh.Gateway.Plumbing.Pipeline;
using GridMesh.Gateway.Plumbing.Problems;

namespace GridMesh.Gateway.Incidents;

internal sealed record PartyBody
{
    [Required, MaxLength(Party.NameMax)]
    public string? Name { get; init; }

    [MaxLength(Party.ContactMax)]
    public string? Contact { get; init; }

    [MaxLength(Party.RoleMax)]
    public string? Role { get; init; }
}

internal sealed record PartiesBody
{
    [Required, MinLength(Party.CountMin), MaxLength(Party.CountMax)]
    public IReadOnlyList<PartyBody?>? Parties { get; init; }
}

internal sealed record MediationBody
{
    [Required]
    public DateTimeOffset? HeldAt { get; init; }

    [Required, MaxLength(MediationSession.MediatorMax)]
    public string? Mediator { get; init; }

    [Required, NamesOf<MediationOutcome>]
    public string? Outcome { get; init; }

    [Required, MaxLength(IncidentCommand.TextMax)]
    public string? Text { get; init; }

    [MaxLength(IncidentCommand.TextMax)]
    public string? Agreement { get; init; }
}

/// <summary>Mediation of a dispute (docs/cases.md).</summary>
internal static class MediatingEndpoints
{
    private static readonly RejectCode[] s_codes =
        [RejectCode.OnlyHandlingCanBeMediated, RejectCode.OnlyTheOwnerMay, RejectCode.CaseIsSuspended];

    public static void Map(IEndpointRouteBuilder api)
    {
        CaseCommands.Map<PartiesBody>(api, "parties", Parties)
            .Describe("nameParties", "Name the parties of a dispute", "当事人：登记纠纷双方")
            .Refuses([.. s_codes, RejectCode.PartiesWereNamedTooOften]);
        CaseCommands.Map<MediationBody>(api, "mediations", Mediation)
            .Describe("holdMediation", "Put a session of mediation on record", "调解：登记一次调解")
            .Refuses([
                .. s_codes, RejectCode.PartiesAreUnnamed, RejectCode.SessionIsFromTheFuture,
                RejectCode.TooManyMediations,
            ]);
    }

    private static NameParties Parties(CommandCall call, PartiesBody body)
    {
        var check = call.Check;
        var parties = body.Parties ?? [];
        check.That(
            parties.Count is >= Party.CountMin and <= Party.CountMax, "parties",
            $"are {Party.CountMin}-{Party.CountMax}");
        return new NameParties(call.Id, call.Me, [.. parties.Take(Party.CountMax).Select((party, i) => new Party(
            check.Text(party?.Name, $"parties[{i}].name", Party.NameMax),
            check.OptionalText(party?.Contact, $"parties[{i}].contact", Party.ContactMax),
            check.OptionalText(party?.Role, $"parties[{i}].role", Party.RoleMax)))]);
    }

    private static HoldMediation Mediation(CommandCall call, MediationBody body)
    {
        var check = call.Check;
        var outcome = check.OneOf<MediationOutcome>(body.Outcome, "outcome");
        check.That(!string.IsNullOrEmpty(body.Outcome), "outcome", "is required");
        check.That(body.HeldAt is not null, "heldAt", "is required");
        var agreement = check.OptionalText(body.Agreement, "agreement", IncidentCommand.TextMax);
        check.That(
            outcome is null || (outcome == MediationOutcome.Agreed) == (agreement is not null), "agreement",
            "is told when they agreed, and only then");
        return new HoldMediation(call.Id, call.Me, new MediationSession(
            body.HeldAt ?? default, check.Text(body.Mediator, "mediator", MediationSession.MediatorMax),
            outcome ?? default, check.Text(body.Text, "text", IncidentCommand.TextMax), agreement));
    }
}
