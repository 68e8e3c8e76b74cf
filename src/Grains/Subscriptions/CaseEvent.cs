using System.Text.Json;
using System.Text.Json.Serialization;
using CloudNative.CloudEvents;
using CloudNative.CloudEvents.SystemTextJson;
using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Json;
using GridMesh.Contracts.Subscriptions;
using GridMesh.Grains.Grids;
using GridMesh.Grains.Incidents;

namespace GridMesh.Grains.Subscriptions;

/// <summary>
/// A fact of a case as a CloudEvent 1.0, with the case as that fact left it: made of the journal alone, so it says the
/// same whenever it is made. The card holds nothing personal, and who did it is left out.
/// </summary>
public sealed record CaseEvent(long Seq, IncidentState Case, IncidentFact Fact)
{
    private const string Json = "application/json";

    private static readonly JsonEventFormatter s_formatter = new(MeshJson.Options, default);

    public string Event => IncidentEvents.NameOf(Fact.GetType().Name)!;

    /// <summary>Unique for its source: the same fact again has the same id, so a receiver can tell.</summary>
    public string Id => $"{Case.Number}/{Case.Version}";

    /// <summary>What was said to the reporter; other texts stay inside.</summary>
    private string? Text => Fact switch
    {
        ReporterTold told => PersonalText.Mask(told.Text),
        IncidentRejected rejected => PersonalText.Mask(rejected.Reason),
        _ => null,
    };

    public bool IsFor(Subscription subscription) =>
        subscription.Area.Contains(Case.Number.Grid)
        && (!subscription.OrdersOnly || Case.Report.Order is not null)
        && (subscription.Lines.Include(Case.Report.Line) || Case.AlsoLines.Any(subscription.Lines.Contains))
        && (subscription.Events.IsDefaultOrEmpty || subscription.Events.Contains(Event));

    /// <summary>One event for itself, or some in a list.</summary>
    public static (ReadOnlyMemory<byte> Body, string ContentType) Encode(
        IReadOnlyList<CaseEvent> events, bool isList, DirectoryView view)
    {
        var body = isList
            ? s_formatter.EncodeBatchModeMessage(events.Select(one => one.Envelope(view)), out var type)
            : s_formatter.EncodeStructuredModeMessage(events.Single().Envelope(view), out type);
        return (body, type.ToString());
    }

    private CloudEvent Envelope(DirectoryView view)
    {
        var standard = view.Standards.GetValueOrDefault(Case.Report.Category);
        return new CloudEvent
        {
            Id = Id,
            Source = new Uri($"urn:gridmesh:{Case.Number.Grid.District}"),
            Type = IncidentEvents.TypePrefix + Event,
            Time = Fact.At,
            Subject = Case.Number.Value,
            DataContentType = Json,
            Data = new EventData(
                GridState.CardOf(Case.ToRow()), standard?.Name, standard?.NameEn, !Case.Step.IsOpen(),
                Case.Report.Order, new FactData(Fact.GetType().Name, Case.Version, Fact.At, Text)),
        };
    }

    private sealed record EventData(
        IncidentCard Incident, string? CategoryName, string? CategoryNameEn, bool Closed,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] HotlineOrder? Order, FactData Fact);

    private sealed record FactData(string Type, long Seq, DateTimeOffset At, string? Text);
}
