using System.Text.Json;
using System.Text.Json.Serialization;
using GridMesh.Contracts.Json;

namespace GridMesh.Contracts.Directory;

/// <summary>A rung is a short string on the wire: each case that is filed under a ladder carries some.</summary>
public sealed class RungJsonConverter : JsonConverter<Rung>
{
    public override Rung Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Rung.TryParse(reader.GetString(), out var rung) ? rung : throw new FieldException("is no rung");

    public override void Write(Utf8JsonWriter writer, Rung value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
