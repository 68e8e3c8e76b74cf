using System.Text.Json;
using System.Text.Json.Serialization;

namespace GridMesh.Gateway.Areas;

/// <summary>JSON that is ready: serialised once, copied to everybody.</summary>
[JsonConverter(typeof(Converter))]
internal sealed record RawJson(ReadOnlyMemory<byte> Utf8)
{
    internal sealed class Converter : JsonConverter<RawJson>
    {
        public override RawJson Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("ready JSON is only written");

        public override void Write(Utf8JsonWriter writer, RawJson value, JsonSerializerOptions options) =>
            writer.WriteRawValue(value.Utf8.Span, skipInputValidation: true);
    }
}

/// <summary>Where a client stands that watched before.</summary>
internal sealed record Since(long Epoch, long Version);

/// <summary>The answer to <c>Watch</c>: the whole, or the frames since.</summary>
internal sealed record WatchResult(
    string Kind,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] RawJson? Area,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<RawJson>? Frames)
{
    public static WatchResult Snapshot(RawJson area) => new("snapshot", area, null);

    public static WatchResult Resumed(IReadOnlyList<RawJson> frames) => new("resumed", null, frames);
}
