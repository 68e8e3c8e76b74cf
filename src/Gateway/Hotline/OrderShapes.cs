using System.ComponentModel.DataAnnotations;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Geo;
using GridMesh.Contracts.Incidents;
using GridMesh.Gateway.Incidents;
using GridMesh.Gateway.Plumbing.Input;

namespace GridMesh.Gateway.Hotline;

/// <summary>An order as the hotline sends it.</summary>
internal sealed record OrderBody
{
    [Required, MaxLength(HotlineOrder.NumberMax)]
    public string? Number { get; init; }

    [Required, NamesOf<HotlineKind>]
    public string? Kind { get; init; }

    [Required, MaxLength(ReportEndpoint.CategoryMax)]
    public string? Category { get; init; }

    [Required, MaxLength(IncidentCommand.TextMax)]
    public string? Description { get; init; }

    public GeoPoint? Position { get; init; }

    [RegularExpression(TextForms.Grid)]
    public string? Grid { get; init; }

    [NamesOf<Severity>]
    public string? Severity { get; init; }

    [MaxLength(ReportEndpoint.ReporterMax)]
    public string? Reporter { get; init; }
}

/// <summary>How far an order is.</summary>
/// <param name="Supervision">Level 1-3, null while there is none.</param>
/// <param name="Result">What was told to the caller, or why it was rejected; null until then.</param>
internal sealed record OrderView(
    string Number, HotlineKind Kind, CaseNumber Incident, AreaCode Grid, Step Step, bool Closed, bool Overdue,
    DateTimeOffset ReportedAt, DateTimeOffset UpdatedAt, DateTimeOffset? DueAt, int Reminders, int? Supervision,
    string? Result)
{
    public static OrderView Of(IncidentView incident) => new(
        incident.Order!.Number, incident.Order.Kind, incident.Id, incident.Grid, incident.Step,
        !incident.Step.IsOpen(), incident.Overdue, incident.ReportedAt, incident.History[^1].Fact.At, incident.DueAt,
        incident.Reminders, incident.Marks?.Supervision?.Level,
        incident.History.Select(entry => entry.Fact switch
        {
            ReporterTold told => told.Text,
            IncidentRejected rejected => rejected.Reason,
            _ => null,
        }).LastOrDefault(text => text is not null));
}
