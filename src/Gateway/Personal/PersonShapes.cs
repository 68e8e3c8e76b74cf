using System.ComponentModel.DataAnnotations;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Incidents;
using GridMesh.Gateway.Incidents;
using GridMesh.Gateway.Plumbing.Input;

namespace GridMesh.Gateway.Personal;

/// <summary>Whom to forget: by a value, or one thing by its number.</summary>
internal sealed record PersonBody
{
    /// <summary>A telephone number, a name as it was written, or a resident's subject.</summary>
    [MaxLength(ReportEndpoint.ReporterMax)]
    public string? Value { get; init; }

    /// <summary>The number of a case or a service.</summary>
    [MaxLength(NumberMax)]
    public string? Id { get; init; }

    [Required, MaxLength(IncidentCommand.TextMax)]
    public string? Reason { get; init; }

    /// <summary>Who it was goes, what was written stays; of cases only.</summary>
    public bool? ContactOnly { get; init; }

    /// <summary>Tells what would go, and changes nothing.</summary>
    public bool? DryRun { get; init; }

    private const int NumberMax = 64;
}

/// <summary>What somebody is named in.</summary>
internal enum PersonKind
{
    Case,
    Service,

    /// <summary>A watch or a link: it loses whom it is about when it ends.</summary>
    Household,
}

internal enum PersonOutcome
{
    /// <summary>It would go; nothing was changed.</summary>
    WouldGo,
    Erased,

    /// <summary>It is of before sealing: nobody is shown it any more, the journal still holds it.</summary>
    Hidden,
    Left,
}

/// <param name="Why">Of what was left.</param>
internal sealed record PersonItem(
    PersonKind Kind, string Id, AreaCode Grid, PersonOutcome Outcome, RejectCode? Why);

/// <param name="Person">A keyed hash of the value: what the facts say whom it was done for.</param>
internal sealed record PersonAnswer(string? Person, IReadOnlyList<PersonItem> Items);
