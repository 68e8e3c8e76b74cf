using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using GridMesh.Contracts.Access;
using GridMesh.Contracts.Facts;

namespace GridMesh.Gateway.Personal;

/// <summary>
/// Answers show telephone numbers half, wherever they stand in what is marked as personal: the one place that does so.
/// Who needs one whole asks for it, and that is on record.
/// </summary>
internal static class NumberMask
{
    public static void AddTo(JsonSerializerOptions options) =>
        options.TypeInfoResolver = (options.TypeInfoResolver ?? new DefaultJsonTypeInfoResolver())
            .WithAddedModifier(Mask);

    private static void Mask(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            if (property.AttributeProvider is MemberInfo member
                && member.GetCustomAttribute<PersonalAttribute>() is not null)
            {
                property.CustomConverter = property.PropertyType == typeof(string)
                    ? new Texts()
                    : new TextLists();
            }
        }
    }

    private sealed class Texts : JsonConverter<string>
    {
        public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.GetString();

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
            writer.WriteStringValue(PersonalText.HalveNumbers(value));
    }

    private sealed class TextLists : JsonConverter<ImmutableArray<string>>
    {
        public override ImmutableArray<string> Read(
            ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            [.. JsonSerializer.Deserialize<string[]>(ref reader, options) ?? []];

        public override void Write(
            Utf8JsonWriter writer, ImmutableArray<string> value, JsonSerializerOptions options)
        {
            writer.WriteStartArray();
            foreach (var text in value)
                writer.WriteStringValue(PersonalText.HalveNumbers(text));

            writer.WriteEndArray();
        }
    }
}
