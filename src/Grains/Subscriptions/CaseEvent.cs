using System.Text.Json;
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
    private static readonly JsonWriterOptions s_options = new() { Encoder = MeshJson.Options.Encoder };

    public string Event => IncidentEvents.NameOf(Fact.GetType().Name)!;

    /// <summary>Unique for its source: the same fact again has the same id, so a receiver can tell.</summary>
    public string Id => $"{Case.Number}/{Case.Version}";

    /// <summary>What was said to the reporter; other texts stay inside.</summary>
    private string? Text => Fact switch
    {
        ReporterTold told => told.Text,
        IncidentRejected rejected => rejected.Reason,
        _ => null,
    };

    public bool IsFor(Subscription subscription) =>
        subscription.Area.Contains(Case.Number.Grid)
        && (!subscription.OrdersOnly || Case.Report.Order is not null)
        && (subscription.Lines.Include(Case.Report.Line) || Case.AlsoLines.Any(subscription.Lines.Contains))
        && (subscription.Events.IsDefaultOrEmpty || subscription.Events.Contains(Event));

    /// <summary>One event for itself, or some in a list.</summary>
    public static byte[] Body(IReadOnlyList<CaseEvent> events, bool isList, DirectoryView view)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, s_options))
        {
            if (isList)
            {
                writer.WriteStartArray();
            }

            foreach (var one in events)
            {
                one.Write(writer, view);
            }

            if (isList)
            {
                writer.WriteEndArray();
            }
        }

        return stream.ToArray();
    }

    private void Write(Utf8JsonWriter writer, DirectoryView view)
    {
        writer.WriteStartObject();
        writer.WriteString("specversion"u8, "1.0"u8);
        writer.WriteString("id"u8, Id);
        writer.WriteString("source"u8, $"urn:gridmesh:{Case.Number.Grid.District}");
        writer.WriteString("type"u8, IncidentEvents.TypePrefix + Event);
        writer.WriteString("time"u8, Fact.At);
        writer.WriteString("subject"u8, Case.Number.Value);
        writer.WriteString("datacontenttype"u8, "application/json"u8);
        writer.WriteStartObject("data"u8);
        writer.WritePropertyName("incident"u8);
        JsonSerializer.Serialize(writer, GridState.CardOf(Case.ToRow()), MeshJson.Options);
        var standard = view.Standards.GetValueOrDefault(Case.Report.Category);
        writer.WriteString("categoryName"u8, standard?.Name);
        writer.WriteString("categoryNameEn"u8, standard?.NameEn);
        writer.WriteBoolean("closed"u8, !Case.Step.IsOpen());
        if (Case.Report.Order is { } order)
        {
            writer.WritePropertyName("order"u8);
            JsonSerializer.Serialize(writer, order, MeshJson.Options);
        }

        writer.WriteStartObject("fact"u8);
        writer.WriteString("type"u8, Fact.GetType().Name);
        writer.WriteNumber("seq"u8, Case.Version);
        writer.WriteString("at"u8, Fact.At);
        writer.WriteString("text"u8, Text);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
