using System.ComponentModel.DataAnnotations;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Visits;
using GridMesh.Gateway.Plumbing.Input;

namespace GridMesh.Gateway.Visits;

internal sealed record LinkBody
{
    [Required, NamesOf<VisitKind>]
    public string? Kind { get; init; }

    [Required, MaxLength(VisitLink.VisitorMax)]
    public string? Visitor { get; init; }

    [Required, RegularExpression(TextForms.Building)]
    public string? Building { get; init; }

    [Required, MaxLength(VisitLink.HouseholdMax)]
    public string? Household { get; init; }
}

internal sealed record VisitBody
{
    [Required, MaxLength(IncidentCommand.TextMax)]
    public string? Text { get; init; }
}

internal sealed record EndBody
{
    [Required, MaxLength(IncidentCommand.TextMax)]
    public string? Reason { get; init; }
}

/// <param name="From">First day of the period, as 20260501.</param>
internal sealed record VisitItem(
    string Id, VisitKind Kind, string Visitor, BuildingCode Building, string Household, int From, int To, int Needed,
    int Done, DateTimeOffset? LastAt)
{
    public static VisitItem Of(VisitView view) => new(
        view.Link.Id, view.Link.Kind, view.Link.Visitor, view.Link.Building, view.Link.Household, view.From, view.To,
        view.Needed, view.Done, view.LastAt);
}

/// <summary>How an area's visits of the present periods stand.</summary>
/// <param name="Covered">Links that lack nothing.</param>
internal sealed record VisitCoverage(AreaCode Area, int Links, int Needed, int Done, int Covered)
{
    public static VisitCoverage Of(AreaCode area, IReadOnlyCollection<VisitView> views) => new(
        area, views.Count, views.Sum(view => view.Needed), views.Sum(view => Math.Min(view.Done, view.Needed)),
        views.Count(view => view.Done >= view.Needed));
}

/// <param name="Grids">Those that have links.</param>
/// <param name="Items">Only of a grid, and only for who may see them.</param>
internal sealed record VisitSum(
    VisitCoverage Sum, IReadOnlyList<VisitCoverage> Grids, IReadOnlyList<VisitItem>? Items);
