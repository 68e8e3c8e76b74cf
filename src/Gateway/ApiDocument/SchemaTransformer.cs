using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using GridMesh.Gateway.Plumbing.Descriptions;
using GridMesh.Gateway.Plumbing.Input;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace GridMesh.Gateway.ApiDocument;

/// <summary>
/// What clients send names only what it has to have; what they are told always has everything, and says null where it
/// is not known.
/// </summary>
internal sealed class SchemaTransformer : IOpenApiSchemaTransformer
{
    public Task TransformAsync(
        OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var declared = context.JsonTypeInfo.Type;
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        var property = context.JsonPropertyInfo;
        var isNullable = declared != type || property is { IsGetNullable: true } or { IsSetNullable: true };
        if (SchemaLeaves.Has(type))
            SchemaLeaves.Fill(schema, type, isNullable && SchemaLeaves.NameOf(type) is null);

        if (context.JsonTypeInfo.ElementType is { } item
            && schema.Type is { } list && list.HasFlag(JsonSchemaType.Array))
        {
            schema.Items ??= SchemaLeaves.ItemOf(Nullable.GetUnderlyingType(item) ?? item);
        }

        if (property?.AttributeProvider is { } attributes)
            Declare(schema, attributes.GetCustomAttributes(inherit: false));

        if (schema.Properties is { Count: > 0 } properties && !SchemaLeaves.Has(type))
        {
            schema.AdditionalPropertiesAllowed = !IsSent(type);
            if (!IsSent(type))
                schema.Required = properties.Keys.ToHashSet();
        }

        schema.Default = null;
        if (SchemaExamples.Of(type) is { } example)
            schema.Examples = [example];

        return Task.CompletedTask;
    }

    /// <summary>Bodies are named so.</summary>
    public static bool IsSent(Type type) =>
        type.Name.EndsWith("Body", StringComparison.Ordinal) || type.IsDefined(typeof(SentAttribute), inherit: false);

    /// <summary>What attributes say of a text, a list of texts or a number.</summary>
    public static void Declare(OpenApiSchema schema, IReadOnlyCollection<object> attributes)
    {
        IReadOnlyList<string>? names = attributes.OfType<INamesOf>().FirstOrDefault()?.Names
            ?? attributes.OfType<AllowedValuesAttribute>().FirstOrDefault()?.Values.OfType<string>().ToArray();
        if (names is not null)
        {
            if (schema.Items is OpenApiSchema item)
            {
                item.Enum = SchemaLeaves.Names(names).Enum;
            }
            else
            {
                schema.Enum = SchemaLeaves.Names(names).Enum;
                if (schema.Type is { } either && either.HasFlag(JsonSchemaType.Null)
                    && !attributes.OfType<RequiredAttribute>().Any())
                {
                    schema.Enum!.Add(JsonNullSentinel.JsonNull);
                }
            }
        }

        if (attributes.OfType<RequiredAttribute>().Any())
        {
            schema.Type &= ~JsonSchemaType.Null;
            schema.Metadata?.Remove(SchemaReferences.NullableMark);
            schema.MinLength ??= schema is { Type: JsonSchemaType.String, Enum: null, Format: null } ? 1 : null;
        }
    }
}
