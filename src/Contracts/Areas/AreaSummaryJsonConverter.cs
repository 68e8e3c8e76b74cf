using System.Text.Json;
using System.Text.Json.Serialization;

namespace GridMesh.Contracts.Areas;

/// <summary>
/// Writes a summary in the shape of API.md ("Summary") and reads it back, both as <see cref="SummaryCounts"/> has it. A
/// count that is absent is zero, one that nobody knows is passed over.
/// </summary>
public sealed class AreaSummaryJsonConverter : JsonConverter<AreaSummary>
{
    private static readonly Node s_root = Node.Of(SummaryCounts.All, depth: 0);

    public override void Write(Utf8JsonWriter writer, AreaSummary value, JsonSerializerOptions options) =>
        s_root.Write(writer, value);

    public override AreaSummary Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        var counts = new int[AreaSummary.Width];
        s_root.Read(document.RootElement, counts);
        return new AreaSummary([.. counts]);
    }

    /// <summary>An object of the shape: its members by name, each a count or an object again.</summary>
    private sealed class Node(ImmutableArray<(JsonEncodedText Name, SummaryCount? Count, Node? Inner)> members)
    {
        public static Node Of(IEnumerable<SummaryCount> counts, int depth) => new(
        [
            .. counts.GroupBy(count => count.Path.Split('.')[depth]).Select(group =>
                group.First().Path.Split('.').Length == depth + 1
                    ? (JsonEncodedText.Encode(group.Key), group.Single(), (Node?)null)
                    : (JsonEncodedText.Encode(group.Key), (SummaryCount?)null, Of(group, depth + 1))),
        ]);

        public void Write(Utf8JsonWriter writer, AreaSummary summary)
        {
            writer.WriteStartObject();
            foreach (var (name, count, inner) in members)
            {
                if (count is not null)
                {
                    writer.WriteNumber(name, count.In(summary));
                }
                else
                {
                    writer.WritePropertyName(name);
                    inner!.Write(writer, summary);
                }
            }

            writer.WriteEndObject();
        }

        public void Read(JsonElement element, int[] counts)
        {
            foreach (var (name, count, inner) in members)
            {
                if (!element.TryGetProperty(name.EncodedUtf8Bytes, out var found))
                    continue;

                inner?.Read(found, counts);
                if (count is { Ids: [var id] })
                    counts[id] = found.GetInt32();
            }
        }
    }
}
