using System.Text.Json;
using System.Text.Json.Serialization;
using GridMesh.Contracts.Json;
using GridMesh.Contracts.Letters;

namespace GridMesh.Gateway.Plumbing.Input;

/// <summary>Texts in bodies are of whole letters.</summary>
internal sealed class WholeTextJsonConverter : JsonConverter<string>
{
    public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String ? TextOf(ref reader) : throw new FieldException(ValueWords.Text);

    public override string ReadAsPropertyName(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => TextOf(ref reader);

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value);

    public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
        writer.WritePropertyName(value);

    private static string TextOf(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString() is { } text && WholeText.Is(text)
                ? text
                : throw new FieldException(WholeText.Words);
        }
        catch (InvalidOperationException)
        {
            // The reader itself refuses half of a surrogate pair, and bytes that are no UTF-8.
            throw new FieldException(WholeText.Words);
        }
    }
}
