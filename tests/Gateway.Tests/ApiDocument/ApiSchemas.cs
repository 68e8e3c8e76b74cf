using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;

namespace GridMesh.Gateway.Tests.ApiDocument;

/// <summary>
/// The description of the API as schemas that answers are compared with, more strictly than clients would.
/// </summary>
internal sealed class ApiSchemas
{
    private static readonly EvaluationOptions s_options = new()
    {
        OutputFormat = OutputFormat.List, RequireFormatValidation = true,
    };

    private readonly ConcurrentDictionary<string, JsonSchema> _made = new();

    /// <summary>Schemas are registered once for a process, and each document is another.</summary>
    private readonly string _place = $"https://gridmesh.test/{Guid.NewGuid():N}";

    public ApiSchemas(string document)
    {
        Document = JsonNode.Parse(document)!.AsObject();
        var shapes = Document["components"]!["schemas"]!.DeepClone().AsObject();
        foreach (var (_, shape) in shapes)
            Close(shape);

        var all = JsonSchema.FromText(Absolute(new JsonObject { ["$id"] = _place, ["$defs"] = shapes }.ToJsonString()));
        SchemaRegistry.Global.Register(all);
    }

    public JsonObject Document { get; }

    public JsonObject Paths => Document["paths"]!.AsObject();

    /// <summary>What is wrong with a value of a schema; null where nothing is.</summary>
    public string? Fault(JsonNode schema, string json)
    {
        var made = _made.GetOrAdd(schema.ToJsonString(), text => JsonSchema.FromText(Absolute(text)));
        using var value = JsonDocument.Parse(json);
        var result = made.Evaluate(value.RootElement, s_options);
        return result.IsValid
            ? null
            : string.Join("; ", (result.Details ?? []).Where(one => one.Errors is not null).Take(5)
                .Select(one => $"{one.InstanceLocation}: {string.Join(", ", one.Errors!.Values)}"));
    }

    /// <summary>A reference of the document followed to where it leads.</summary>
    public JsonNode Follow(JsonNode node) => node["$ref"]?.GetValue<string>() is { } reference
        ? reference.TrimStart('#', '/').Split('/').Aggregate((JsonNode)Document, (at, name) => at[name]!)
        : node;

    /// <summary>Clients pass over what they do not know; here nothing may be told that is not described.</summary>
    private static void Close(JsonNode? node)
    {
        if (node is JsonObject shape)
        {
            // A hint of OpenAPI for generators: JSON Schema does not know it.
            shape.Remove("discriminator");
            foreach (var (_, inner) in shape.ToArray())
                Close(inner);

            if (shape["properties"] is JsonObject && shape["type"] is not null
                && !shape.ContainsKey("additionalProperties"))
                shape["additionalProperties"] = false;
        }
        else if (node is JsonArray list)
        {
            foreach (var inner in list)
                Close(inner);
        }
    }

    private string Absolute(string schema) => schema.Replace("#/components/schemas/", $"{_place}#/$defs/");
}
