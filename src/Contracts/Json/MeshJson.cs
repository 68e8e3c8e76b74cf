using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using GridMesh.Contracts.Facts;

namespace GridMesh.Contracts.Json;

/// <summary>
/// The one JSON dialect of GridMesh: camelCase, enums by name, ISO 8601 times, facts by the name of their kind.
/// </summary>
public static class MeshJson
{
    /// <summary>What clients see: an unknown value is written as null.</summary>
    public static JsonSerializerOptions Options { get; } = Apply(new JsonSerializerOptions());

    /// <summary>What is stored: nulls are left out.</summary>
    public static JsonSerializerOptions Compact { get; } = Apply(
        new JsonSerializerOptions { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull });

    /// <summary>Makes options that another part owns (ASP.NET, SignalR) speak the same dialect.</summary>
    public static JsonSerializerOptions Apply(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.DictionaryKeyPolicy = null;
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.MaxDepth = 16;
        options.Converters.Add(new EnumNameJsonConverter());
        options.TypeInfoResolver = (options.TypeInfoResolver ?? new DefaultJsonTypeInfoResolver())
            .WithAddedModifier(FactFamily.Describe).WithAddedModifier(RequireParts);
        return options;
    }

    /// <summary>
    /// What has neither a default nor may be null has to be there: lists, into which nobody could look, and of a fact
    /// everything else. What came later has a default or may be null.
    /// </summary>
    private static void RequireParts(JsonTypeInfo type)
    {
        var isFact = type.Type.IsAssignableTo(typeof(IFact));
        foreach (var property in type.Properties)
        {
            if (property.AssociatedParameter is { HasDefaultValue: false, IsNullable: false }
                && (IsList(property.PropertyType) || (isFact && !property.PropertyType.IsValueType)))
            {
                property.IsRequired = true;
                property.IsSetNullable = false;
            }
        }
    }

    private static bool IsList(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>);
}
