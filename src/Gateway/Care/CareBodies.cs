using System.ComponentModel.DataAnnotations;
using GridMesh.Contracts.Care;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Incidents;
using GridMesh.Gateway.Plumbing.Input;

namespace GridMesh.Gateway.Care;

internal sealed record ConsentBody
{
    [Required, MaxLength(CareWatch.ConsentByMax)]
    public string? By { get; init; }

    [Required]
    public DateTimeOffset? At { get; init; }
}

internal sealed record WatchBody
{
    [Required, MaxLength(CareWatch.HouseholdMax)]
    public string? Household { get; init; }

    public string? Device { get; init; }

    [Range(1, CareWatch.WindowHoursMax)]
    public int? WindowHours { get; init; }

    [Required]
    public ConsentBody? Consent { get; init; }
}

internal sealed record WithdrawBody
{
    [Required, MaxLength(IncidentCommand.TextMax)]
    public string? Reason { get; init; }
}

internal sealed record ConfirmBody
{
    [Required, NamesOf<CareFinding>]
    public string? Finding { get; init; }

    [MaxLength(IncidentCommand.TextMax)]
    public string? Text { get; init; }
}

internal sealed record ConsentItem(string By, DateTimeOffset At);

internal sealed record WatchItem(
    string Id, BuildingCode Building, string Household, string? Device, int WindowHours, ConsentItem Consent,
    DateTimeOffset SeenAt, DateTimeOffset? DueAt, DateTimeOffset? AlarmedAt, ImmutableArray<CareCircle> Asked)
{
    public static WatchItem Of(CareView view) => new(
        view.Watch.Id, view.Watch.Building, view.Watch.Household, view.Watch.Device, view.Watch.WindowHours,
        new ConsentItem(view.Watch.ConsentBy, view.Watch.ConsentAt), view.SeenAt, view.DueAt, view.AlarmedAt,
        view.Asked);
}
