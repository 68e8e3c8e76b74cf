using System.ComponentModel.DataAnnotations;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Geo;
using GridMesh.Contracts.Incidents;
using GridMesh.Gateway.Plumbing.Input;

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

internal sealed record DispatchBody
{
    /// <summary>Longest id of an owner in characters.</summary>
    public const int OwnerMax = 64;

    [Required, MaxLength(OwnerMax)]
    public string? Owner { get; init; }
}

internal sealed record ReasonBody
{
    [Required, MaxLength(IncidentCommand.TextMax)]
    public string? Reason { get; init; }
}

internal sealed record ResolveBody
{
    [Required, MaxLength(IncidentCommand.TextMax)]
    public string? Result { get; init; }

    [MaxLength(ResolveIncident.EvidenceMax)]
    public IReadOnlyList<string>? Evidence { get; init; }
}

internal sealed record InspectBody
{
    [Required]
    public bool? Pass { get; init; }

    [MaxLength(IncidentCommand.TextMax)]
    public string? Reason { get; init; }
}

internal sealed record FeedbackBody
{
    [Required, MaxLength(IncidentCommand.TextMax)]
    public string? Text { get; init; }
}

internal sealed record EvaluateBody
{
    [Required, Range(1, 5)]
    public int? Score { get; init; }

    [MaxLength(IncidentCommand.TextMax)]
    public string? Comment { get; init; }
}

internal sealed record HandBackBody
{
    [Required, RegularExpression(TextForms.Area)]
    public string? To { get; init; }

    [Required, MaxLength(IncidentCommand.TextMax)]
    public string? Reason { get; init; }
}

internal sealed record ExtendBody
{
    /// <summary>Longest extension that is looked at, in hours; the standard's own limit is stricter.</summary>
    public const int HoursMax = 24 * 90;

    [Required, Range(1, HoursMax)]
    public int? Hours { get; init; }

    [Required, MaxLength(IncidentCommand.TextMax)]
    public string? Reason { get; init; }
}

/// <summary>A yes or no to what was asked for.</summary>
internal sealed record GrantBody
{
    [Required]
    public bool? Grant { get; init; }

    [MaxLength(IncidentCommand.TextMax)]
    public string? Reason { get; init; }
}

internal sealed record SuperviseBody
{
    [Required, Range(1, Supervision.LevelMax)]
    public int? Level { get; init; }

    [AllowedValues(nameof(SupervisionKind.Leader), nameof(SupervisionKind.Important), null)]
    public string? Kind { get; init; }

    [Required, MaxLength(IncidentCommand.TextMax)]
    public string? Reason { get; init; }
}

internal sealed record SummonBody
{
    [Required, MinLength(1), MaxLength(Summons.DepartmentsMax)]
    public IReadOnlyList<string>? Departments { get; init; }

    [Required]
    public DateTimeOffset? By { get; init; }

    [Required, MaxLength(IncidentCommand.TextMax)]
    public string? Reason { get; init; }
}

internal sealed record MergeBody
{
    [Required, RegularExpression(TextForms.Case)]
    public string? Into { get; init; }
}

internal sealed record LinesBody
{
    /// <summary>All there are.</summary>
    public const int LinesMax = 7;

    [Required, MinLength(1), MaxLength(LinesMax), NamesOf<Line>]
    public IReadOnlyList<string>? Lines { get; init; }

    [Required, MaxLength(IncidentCommand.TextMax)]
    public string? Reason { get; init; }
}

internal sealed record EmptyBody;
