using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace GridMesh.Gateway.Input;

/// <summary>Tells in the description of the API what the readers of this folder take.</summary>
internal static class InputSchema
{
    public static void Describe(OpenApiOptions options) => options
        .AddSchemaTransformer((schema, context, _) =>
        {
            var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
            if (type.IsEnum)
            {
                schema.Type = JsonSchemaType.String;
                schema.Enum = [.. Enum.GetNames(type).Select(name => (JsonNode)name)];
            }

            return Task.CompletedTask;
        })
        .AddOperationTransformer((operation, context, _) =>
        {
            var rules = context.Description.ActionDescriptor.EndpointMetadata.OfType<QueryRules>().FirstOrDefault();
            foreach (var parameter in operation.Parameters ?? [])
            {
                parameter.Description ??= rules?.WordsOf(parameter.Name ?? "");
            }

            return Task.CompletedTask;
        });
}
