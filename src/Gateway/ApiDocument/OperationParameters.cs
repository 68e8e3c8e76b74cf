using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using GridMesh.Gateway.Plumbing.Access;
using GridMesh.Gateway.Plumbing.Descriptions;
using GridMesh.Gateway.Plumbing.Input;
using GridMesh.Gateway.Plumbing.Pipeline;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace GridMesh.Gateway.ApiDocument;

/// <summary>What a call takes in its path, query and headers.</summary>
internal static partial class OperationParameters
{
    public static void Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        operation.Parameters ??= [];
        DescribePath(operation, context.Description.RelativePath ?? "");
        DescribeQuery(operation, context);
        DescribeHeaders(operation, context.Description.ActionDescriptor.EndpointMetadata);
    }

    /// <summary>A parameter of the path that no handler asks for by its name is there all the same.</summary>
    private static void DescribePath(OpenApiOperation operation, string path)
    {
        foreach (var name in PathParameter().Matches(path).Select(match => match.Groups["name"].Value))
        {
            var parameter = operation.Parameters!.OfType<OpenApiParameter>().FirstOrDefault(one => one.Name == name);
            if (parameter is null)
            {
                parameter = new OpenApiParameter { Name = name, In = ParameterLocation.Path };
                operation.Parameters!.Add(parameter);
            }

            parameter.Required = true;
            (parameter.Schema, parameter.Description) = PathWords.Of(path, name);
        }
    }

    private static void DescribeQuery(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        var rules = context.Description.ActionDescriptor.EndpointMetadata.OfType<QueryRules>().FirstOrDefault();
        foreach (var parameter in operation.Parameters!.OfType<OpenApiParameter>()
            .Where(one => one.In == ParameterLocation.Query))
        {
            parameter.Description = QueryWords.Of(parameter.Name!) ?? rules?.WordsOf(parameter.Name!);
            var info = context.Description.ParameterDescriptions
                .FirstOrDefault(one => one.Name == parameter.Name)?.ParameterDescriptor
                    is IParameterInfoParameterDescriptor described ? described.ParameterInfo : null;
            if (info is null || parameter.Schema is not OpenApiSchema schema)
                continue;

            var attributes = info.GetCustomAttributes(inherit: false);
            SchemaTransformer.Declare(schema, attributes);
            parameter.Required = attributes.OfType<RequiredAttribute>().Any();
            DescribeValue(parameter, schema, Nullable.GetUnderlyingType(info.ParameterType) ?? info.ParameterType,
                context.Document!);
        }
    }

    /// <summary>The types of <see cref="QueryTime"/> and <see cref="QueryNames{T}"/>.</summary>
    private static void DescribeValue(
        OpenApiParameter parameter, OpenApiSchema schema, Type type, OpenApiDocument document)
    {
        if (type == typeof(QueryTime))
        {
            schema.Type = JsonSchemaType.String;
            schema.AnyOf = [new OpenApiSchema { Format = "date-time" }, new OpenApiSchema { Format = "date" }];
        }
        else if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(QueryNames<>))
        {
            schema.Type = JsonSchemaType.Array;
            schema.Items = SchemaReferences.Of(SchemaLeaves.ItemOf(type.GetGenericArguments()[0])!, document);
            (parameter.Style, parameter.Explode) = (ParameterStyle.Form, false);
        }
    }

    private static void DescribeHeaders(OpenApiOperation operation, IList<object> metadata)
    {
        if (metadata.OfType<CommandMark>().Any())
        {
            operation.Parameters!.Add(new OpenApiParameter
            {
                Name = Commands.Header,
                In = ParameterLocation.Header,
                Description = "The same key again is answered as the first time. Best a UUID of version 7. 幂等键",
                Schema = new OpenApiSchema
                {
                    Type = JsonSchemaType.String, MinLength = 1, MaxLength = Commands.KeyMax,
                },
            });
        }

        if (metadata.OfType<MatchMark>().Any())
        {
            operation.Parameters!.Add(new OpenApiParameter
            {
                Name = "If-Match",
                In = ParameterLocation.Header,
                Description = "The ETag of what is replaced; without it whatever is there is replaced.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            });
        }
    }

    [GeneratedRegex(@"\{(?<name>\w+)[^}]*\}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex PathParameter();
}
