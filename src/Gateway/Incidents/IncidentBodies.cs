using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Incidents;

namespace GridMesh.Gateway.Incidents;

/// <summary>Bodies as clients send them: everything may be missing or wrong until it is checked.</summary>
internal sealed record ReportBody(
    string? Category, string? Description, GeoPoint? Position, string? Grid, string? Line, string? Severity,
    string? Source, string? Reporter);

internal sealed record DispatchBody
{
    public string? Owner { get; init; }
}

internal sealed record ReasonBody
{
    public string? Reason { get; init; }
}

internal sealed record ResolveBody
{
    public string? Result { get; init; }

    public IReadOnlyList<string>? Evidence { get; init; }
}

internal sealed record InspectBody
{
    public bool? Pass { get; init; }

    public string? Reason { get; init; }
}

internal sealed record FeedbackBody
{
    public string? Text { get; init; }
}

internal sealed record EvaluateBody
{
    public int? Score { get; init; }

    public string? Comment { get; init; }
}

/// <summary>The owner sends a limit and a reason, a supervisor a yes or no.</summary>
internal sealed record ExtendBody
{
    public int? Limit { get; init; }

    public bool? Approve { get; init; }

    public string? Reason { get; init; }
}

/// <summary>Who asks sends a reason, who decides a yes or no.</summary>
internal sealed record DecideBody
{
    public bool? Approve { get; init; }

    public string? Reason { get; init; }
}

internal sealed record SuperviseBody
{
    public string? Kind { get; init; }

    public string? Reason { get; init; }
}

internal sealed record MergeBody
{
    public string? Into { get; init; }
}

internal sealed record EmptyBody;

/// <summary>A case as lists show it.</summary>
internal sealed record IncidentItem(
    CaseNumber Id, AreaCode Grid, Step Step, long Version, string Category, Line Line, Severity Severity,
    string Description, GeoPoint? Position, DateTimeOffset ReportedAt, Source Source, string? Owner, AreaCode Desk,
    DateTimeOffset? DueAt, bool Overdue);
