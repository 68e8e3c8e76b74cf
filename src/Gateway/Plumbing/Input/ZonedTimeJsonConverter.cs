using System.Text.Json;
using System.Text.Json.Serialization;
using GridMesh.Contracts.Clocks;
using GridMesh.Contracts.Json;

namespace GridMesh.Gateway.Plumbing.Input;

/// <summary>Moments in bodies say their zone.</summary>
internal sealed class ZonedTimeJsonConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        ZonedTime.TryRead(ref reader, out var at) ? at : throw new FieldException(ZonedTime.Words);

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value);
}
