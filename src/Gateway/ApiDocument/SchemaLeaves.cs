using System.Text.Json.Nodes;
using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Incidents;
using GridMesh.Gateway.Kpis;
using GridMesh.Gateway.Plumbing.Input;
using Microsoft.OpenApi;

namespace GridMesh.Gateway.ApiDocument;

/// <summary>Shapes of the types that converters of ours write, which the framework knows nothing of.</summary>
internal static class SchemaLeaves
{
    private static readonly Dictionary<Type, Func<OpenApiSchema>> s_leaves = new()
    {
        [typeof(string)] = () => Text(),
        [typeof(DateTimeOffset)] = () => Text(format: "date-time"),
        [typeof(AreaCode)] = () => Text(TextForms.Area, "450105001"),
        [typeof(BuildingCode)] = () => Text(TextForms.Building, "45010500100100100001"),
        [typeof(CaseNumber)] = () => Text(TextForms.Case, "450105001001001-260501-0001"),
        [typeof(Rung)] = () => Text(example: "Handling+30 Escalate"),
        [typeof(AreaSummary)] = () => Counts(SummaryCounts.All.Select(count => count.Path)),
        [typeof(KpiCounts)] = () => Counts(KpiFigures.Names),
        [typeof(object)] = () => new OpenApiSchema(),
    };

    public static bool Has(Type type) => type.IsEnum || s_leaves.ContainsKey(type);

    /// <summary>Those that get a name of their own among the components.</summary>
    public static string? NameOf(Type type) =>
        type.IsEnum || (s_leaves.ContainsKey(type) && type.Namespace!.StartsWith("GridMesh", StringComparison.Ordinal))
            ? type.Name
            : null;

    /// <summary>Fills in what the type is.</summary>
    public static void Fill(OpenApiSchema schema, Type type, bool isNullable)
    {
        var leaf = type.IsEnum ? Names(Enum.GetNames(type)) : s_leaves[type]();
        schema.Type = isNullable ? leaf.Type | JsonSchemaType.Null : leaf.Type;
        schema.Pattern ??= leaf.Pattern;
        schema.Format ??= leaf.Format;
        schema.Examples ??= leaf.Examples;
        schema.Enum = leaf.Enum ?? schema.Enum;
        schema.Properties = leaf.Properties;
        schema.Required = leaf.Required;
    }

    /// <summary>The type as an item of a list; null where the framework says it itself.</summary>
    public static OpenApiSchema? ItemOf(Type type)
    {
        if (type != typeof(HistoryEntry) && !Has(type))
            return null;

        // Entries of a history are filled in once all calls are described, by DocumentTransformer.
        var schema = new OpenApiSchema();
        var name = nameof(HistoryEntry);
        if (type != typeof(HistoryEntry))
        {
            Fill(schema, type, isNullable: false);
            name = NameOf(type);
        }

        if (name is not null)
            (schema.Metadata ??= new Dictionary<string, object>())[SchemaReferences.IdMark] = name;

        return schema;
    }

    public static OpenApiSchema Names(IEnumerable<string> names) =>
        new() { Type = JsonSchemaType.String, Enum = [.. names.Select(name => (JsonNode)name)] };

    private static OpenApiSchema Text(string? pattern = null, string? example = null, string? format = null) =>
        new()
        {
            Type = JsonSchemaType.String,
            Pattern = pattern,
            Format = format,
            Examples = example is null ? null : [example],
        };

    /// <summary>An object of counts; a dot in a name leads into another object.</summary>
    private static OpenApiSchema Counts(IEnumerable<string> paths)
    {
        var schema = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Properties = new Dictionary<string, IOpenApiSchema>(),
            Required = new HashSet<string>(),
        };
        foreach (var group in paths.GroupBy(path => path.Split('.')[0]))
        {
            var rest = group.Where(path => path != group.Key).Select(path => path[(group.Key.Length + 1)..]).ToArray();
            schema.Properties[group.Key] =
                rest.Length == 0 ? new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int64" } : Counts(rest);
            schema.Required.Add(group.Key);
        }

        return schema;
    }
}
