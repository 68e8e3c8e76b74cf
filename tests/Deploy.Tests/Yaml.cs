using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;

namespace GridMesh.Deploy.Tests;

/// <summary>YAML as JSON nodes, every scalar a string: one way to look at both.</summary>
internal static class Yaml
{
    /// <summary>The documents of a file. A key given twice is refused, but where merge keys make it the rule.</summary>
    public static IReadOnlyList<JsonNode> Documents(string text)
    {
        var merges = text.Contains("<<:", StringComparison.Ordinal);
        IParser parser = new Parser(new StringReader(text));
        var builder = new DeserializerBuilder();
        var deserializer = (merges ? builder : builder.WithDuplicateKeyChecking()).Build();
        parser = merges ? new MergingParser(parser) : parser;
        var documents = new List<JsonNode>();
        parser.Consume<StreamStart>();
        while (parser.Accept<DocumentStart>(out _))
        {
            if (ToNode(deserializer.Deserialize(parser)) is { } document)
                documents.Add(document);
        }

        return documents;
    }

    /// <summary>The node at a path of names and indices, as <c>spec/ports/0</c>; null where there is none.</summary>
    public static JsonNode? At(this JsonNode? node, string path)
    {
        foreach (var part in path.Split('/'))
        {
            node = node switch
            {
                JsonObject map => map[part],
                JsonArray list when int.TryParse(part, out var i) && i < list.Count => list[i],
                _ => null,
            };
        }

        return node;
    }

    public static string? Text(this JsonNode? node, string path) => node.At(path)?.ToString();

    public static IEnumerable<JsonNode> Items(this JsonNode? node, string path) =>
        node.At(path) is JsonArray list ? list.OfType<JsonNode>() : [];

    public static IEnumerable<string> Texts(this JsonNode? node, string path) =>
        node.Items(path).Select(item => item.ToString());

    /// <summary>A mapping of scalars.</summary>
    public static IReadOnlyDictionary<string, string> Map(this JsonNode? node, string path) =>
        (node.At(path) as JsonObject ?? [])
            .ToDictionary(entry => entry.Key, entry => entry.Value?.ToString() ?? string.Empty);

    /// <summary>The node and everything in it.</summary>
    public static IEnumerable<JsonNode> Walk(this JsonNode node) => node switch
    {
        JsonObject map => map.Select(entry => entry.Value).OfType<JsonNode>().SelectMany(Walk).Prepend(node),
        JsonArray list => list.OfType<JsonNode>().SelectMany(Walk).Prepend(node),
        _ => [node],
    };

    private static JsonNode? ToNode(object? value) => value switch
    {
        null => null,
        IDictionary<object, object> map => new JsonObject(
            map.Select(entry => KeyValuePair.Create(entry.Key.ToString()!, ToNode(entry.Value)))),
        IEnumerable<object> list => new JsonArray([.. list.Select(ToNode)]),
        _ => JsonValue.Create(value.ToString()),
    };
}
