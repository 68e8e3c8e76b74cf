using System.Text.Json;
using System.Text.Json.Serialization;

namespace GridMesh.Gateway.Kpis;

/// <summary>The sums of a span by their names, as JSON; a year of days has ten thousand of them.</summary>
[JsonConverter(typeof(Converter))]
internal readonly struct KpiCounts(long[] counts)
{
    private static readonly JsonEncodedText[] s_names =
        [.. KpiFigures.Names.Select(name => JsonEncodedText.Encode(name))];

    private readonly long[] _counts = counts;

    internal sealed class Converter : JsonConverter<KpiCounts>
    {
        public override KpiCounts Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            throw new NotSupportedException("Sums are only told.");

        public override void Write(Utf8JsonWriter writer, KpiCounts value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            for (var i = 0; i < s_names.Length; i++)
                writer.WriteNumber(s_names[i], value._counts[i]);

            writer.WriteEndObject();
        }
    }
}
