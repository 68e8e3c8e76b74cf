using Microsoft.OpenApi;

namespace GridMesh.Gateway.ApiDocument;

/// <summary>
/// Puts references where a shape is one of the components. The framework does it for what endpoints name, not for what
/// is asked of it besides.
/// </summary>
internal static class SchemaReferences
{
    /// <summary>The framework's marks: the component that a shape is, and that the property may be null.</summary>
    public const string IdMark = "x-schema-id";
    public const string NullableMark = "x-is-nullable-property";

    public static void Resolve(OpenApiSchema schema, OpenApiDocument document)
    {
        foreach (var (name, property) in schema.Properties?.ToArray() ?? [])
            schema.Properties![name] = Of(property, document);

        if (schema.Items is { } item)
            schema.Items = Of(item, document);
    }

    public static IOpenApiSchema Of(IOpenApiSchema shape, OpenApiDocument document)
    {
        if (shape is not OpenApiSchema schema)
            return shape;

        Resolve(schema, document);
        if (schema.Metadata?.TryGetValue(IdMark, out var id) != true || id is not string { Length: > 0 } component)
            return schema;

        document.AddComponent(component, schema);
        var reference = new OpenApiSchemaReference(component, document);
        return schema.Metadata.ContainsKey(NullableMark)
            ? new OpenApiSchema { OneOf = [new OpenApiSchema { Type = JsonSchemaType.Null }, reference] }
            : reference;
    }
}
