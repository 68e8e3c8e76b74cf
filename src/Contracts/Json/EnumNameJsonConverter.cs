using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GridMesh.Contracts.Json;

/// <summary>An enum is its exact name on the wire and in the journal.</summary>
public sealed class EnumNameJsonConverter : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert)
    {
        ArgumentNullException.ThrowIfNull(typeToConvert);
        return typeToConvert.IsEnum;
    }

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Of<>).MakeGenericType(typeToConvert))!;

    private sealed class Of<T> : JsonConverter<T>
        where T : struct, Enum
    {
        private static readonly FrozenDictionary<T, JsonEncodedText> s_names =
            Enum.GetValues<T>().Distinct().ToFrozenDictionary(
                value => value, value => JsonEncodedText.Encode(value.ToString()));

        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String ? ValueOf(reader.GetString()) : ValueOf(null);

        public override T ReadAsPropertyName(
            ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            ValueOf(reader.GetString());

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WriteStringValue(NameOf(value));

        public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WritePropertyName(NameOf(value));

        private static T ValueOf(string? name) => EnumName.TryParse<T>(name, out var value)
            ? value
            : throw new FieldException($"is one of {EnumName.All<T>()}");

        private static JsonEncodedText NameOf(T value) => s_names.TryGetValue(value, out var name)
            ? name
            : throw new JsonException($"{value} is no name of {typeof(T).Name}");
    }
}
