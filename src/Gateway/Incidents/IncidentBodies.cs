using System.ComponentModel.DataAnnotations;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Geo;
using GridMesh.Contracts.Incidents;
using GridMesh.Gateway.Plumbing.Input;
using GridMesh.Gateway.Plumbing.Pipeline;

namespace GridMesh.Gateway.Incidents;

/// <summary>
/// Bodies as clients send them: everything may be missing or wrong until it is checked. What the attributes say is told
/// by the description of the API.
/// </summary>
internal sealed record ReportBody
{
    [Required, MaxLength(ReportEndpoint.CategoryMax)]
    public string? Category { get; init; }

    [Required, MaxLength(IncidentCommand.TextMax)]
    public string? Description { get; init; }

    public GeoPoint? Position { get; init; }

    [RegularExpression(TextForms.Grid)]
    public string? Grid { get; init; }

    [NamesOf<Line>]
    public string? Line { get; init; }

    [NamesOf<Severity>]
    public string? Severity { get; init; }

    [NamesOf<Source>]
    public string? Source { get; init; }

    [MaxLength(ReportEndpoint.ReporterMax)]
    public string? Reporter { get; init; }
}

internal sealed record ReasonBody
{
    [Required, MaxLength(IncidentCommand.TextMax)]
    public string? Reason { get; init; }
}

internal sealed record FeedbackBody
{
    [Required, MaxLength(IncidentCommand.TextMax)]
    public string? Text { get; init; }
}

/// <summary>A yes or no to what was asked for.</summary>
internal sealed record GrantBody
{
    [Required]
    public bool? Grant { get; init; }

    [MaxLength(IncidentCommand.TextMax)]
    public string? Reason { get; init; }

    public bool IsYes(CommandCall call)
    {
        call.Check.That(Grant is not null, "grant", "is required");
        return Grant ?? false;
    }

    /// <summary>A no is explained, a yes may be.</summary>
    public string? Why(CommandCall call) => Grant is false
        ? CaseCommands.Reason(call, Reason)
        : call.Check.OptionalText(Reason, "reason", IncidentCommand.TextMax);
}

internal sealed record EmptyBody;
