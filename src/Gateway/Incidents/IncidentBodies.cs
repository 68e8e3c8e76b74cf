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

internal sealed record HandBackBody
{
    public string? To { get; init; }

    public string? Reason { get; init; }
}

internal sealed record ExtendBody
{
    public int? Hours { get; init; }

    public string? Reason { get; init; }
}

/// <summary>A yes or no to what was asked for.</summary>
internal sealed record GrantBody
{
    public bool? Grant { get; init; }

    public string? Reason { get; init; }
}

internal sealed record SuperviseBody
{
    public int? Level { get; init; }

    public string? Kind { get; init; }

    public string? Reason { get; init; }
}

internal sealed record SummonBody
{
    public IReadOnlyList<string>? Departments { get; init; }

    public DateTimeOffset? By { get; init; }

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
    DateTimeOffset? DueAt, bool Overdue, ImmutableArray<Line>? AlsoLines);

internal sealed record LinesBody
{
    public IReadOnlyList<string>? Lines { get; init; }

    public string? Reason { get; init; }
}
