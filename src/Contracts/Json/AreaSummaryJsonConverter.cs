using System.Text.Json;
using System.Text.Json.Serialization;
using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Incidents;

namespace GridMesh.Contracts.Json;

/// <summary>Writes a summary in the shape of API.md ("Summary") and reads it back.</summary>
public sealed class AreaSummaryJsonConverter : JsonConverter<AreaSummary>
{
    private static readonly JsonEncodedText[] s_steps = Names<Step>(AreaSummary.OpenSteps);
    private static readonly JsonEncodedText[] s_lines = Names<Line>(AreaSummary.Lines);

    public override void Write(Utf8JsonWriter writer, AreaSummary value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteStartObject("incidents"u8);
        writer.WriteNumber("open"u8, value.Open);
        WriteMap(writer, "byStep", s_steps, value, AreaSummary.IndexOf(Step.Reported));
        WriteMap(writer, "byLine", s_lines, value, AreaSummary.IndexOf(Line.PartyBuilding));
        writer.WriteNumber("overdue"u8, value[Counter.Overdue]);
        writer.WriteNumber("reportedToday"u8, value[Counter.ReportedToday]);
        writer.WriteNumber("closedToday"u8, value[Counter.ClosedToday]);
        writer.WriteEndObject();
        writer.WriteStartObject("workers"u8);
        writer.WriteNumber("total"u8, value[Counter.WorkersTotal]);
        writer.WriteNumber("onDuty"u8, value[Counter.WorkersOnDuty]);
        writer.WriteEndObject();
        writer.WriteStartObject("patrols"u8);
        writer.WriteNumber("due"u8, value[Counter.PatrolsDue]);
        writer.WriteNumber("done"u8, value[Counter.PatrolsDone]);
        writer.WriteNumber("missed"u8, value[Counter.PatrolsMissed]);
        writer.WriteEndObject();
        writer.WriteStartObject("alarms"u8);
        writer.WriteNumber("open"u8, value[Counter.AlarmsOpen]);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    public override AreaSummary Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        var root = document.RootElement;
        var counts = new int[AreaSummary.Width];
        var incidents = root.GetProperty("incidents");
        ReadMap(incidents.GetProperty("byStep"), s_steps, counts, AreaSummary.IndexOf(Step.Reported));
        ReadMap(incidents.GetProperty("byLine"), s_lines, counts, AreaSummary.IndexOf(Line.PartyBuilding));
        counts[(int)Counter.Overdue] = incidents.GetProperty("overdue").GetInt32();
        counts[(int)Counter.ReportedToday] = incidents.GetProperty("reportedToday").GetInt32();
        counts[(int)Counter.ClosedToday] = incidents.GetProperty("closedToday").GetInt32();
        counts[(int)Counter.WorkersTotal] = root.GetProperty("workers").GetProperty("total").GetInt32();
        counts[(int)Counter.WorkersOnDuty] = root.GetProperty("workers").GetProperty("onDuty").GetInt32();
        counts[(int)Counter.PatrolsDue] = root.GetProperty("patrols").GetProperty("due").GetInt32();
        counts[(int)Counter.PatrolsDone] = root.GetProperty("patrols").GetProperty("done").GetInt32();
        counts[(int)Counter.PatrolsMissed] = root.GetProperty("patrols").GetProperty("missed").GetInt32();
        counts[(int)Counter.AlarmsOpen] = root.GetProperty("alarms").GetProperty("open").GetInt32();
        return new AreaSummary([.. counts]);
    }

    private static JsonEncodedText[] Names<T>(int count)
        where T : struct, Enum =>
        [.. Enum.GetNames<T>().Take(count).Select(name => JsonEncodedText.Encode(name))];

    private static void WriteMap(
        Utf8JsonWriter writer, string name, JsonEncodedText[] keys, AreaSummary summary, int first)
    {
        writer.WriteStartObject(name);
        for (var i = 0; i < keys.Length; i++)
        {
            writer.WriteNumber(keys[i], summary.At(first + i));
        }

        writer.WriteEndObject();
    }

    /// <summary>A name that is absent counts nothing.</summary>
    private static void ReadMap(JsonElement map, JsonEncodedText[] keys, int[] counts, int first)
    {
        for (var i = 0; i < keys.Length; i++)
        {
            counts[first + i] = map.TryGetProperty(keys[i].Value, out var count) ? count.GetInt32() : 0;
        }
    }
}
