using System.Text.Json;
using System.Text.Json.Serialization;

namespace GridMesh.Contracts.Geo;

/// <summary>
/// A shape of one ring is the array of its points, as all were before areas could have exclaves and holes; any other is
/// an array of polygons, each an array of rings. So what was stored before is read, and stays as it was.
/// </summary>
public sealed class AreaShapeJsonConverter : JsonConverter<AreaShape>
{
    public override AreaShape Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var ahead = reader;
        if (reader.TokenType == JsonTokenType.StartArray && ahead.Read() && ahead.TokenType == JsonTokenType.StartArray)
        {
            return new AreaShape(
                JsonSerializer.Deserialize<ImmutableArray<ImmutableArray<ImmutableArray<GeoPoint>>>>(
                    ref reader, options));
        }

        return AreaShape.Of(JsonSerializer.Deserialize<ImmutableArray<GeoPoint>>(ref reader, options));
    }

    public override void Write(Utf8JsonWriter writer, AreaShape value, JsonSerializerOptions options)
    {
        if (value.Polygons is [[var ring]])
            JsonSerializer.Serialize(writer, ring, options);
        else
            JsonSerializer.Serialize(writer, value.Polygons, options);
    }
}
