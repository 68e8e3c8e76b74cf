using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using GridMesh.Gateway.Access;
using GridMesh.Gateway.Answers;
using GridMesh.Gateway.Input;
using GridMesh.Gateway.Pipeline;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace GridMesh.Gateway.ApiDocument;

/// <summary>Tells of each call what its endpoint declares: who may, what it takes, what it answers.</summary>
internal sealed partial class OperationTransformer : IOpenApiOperationTransformer
{
    private const string Json = "application/json";

    public async Task TransformAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        operation.Parameters ??= [];
        operation.Responses ??= [];
        DescribePath(operation, context.Description.RelativePath ?? "");
        DescribeQuery(operation, context);
        DescribeHeaders(operation, metadata);
        Secure(operation, metadata, context.Document!);
        await DescribeBodyAsync(operation, context, metadata, cancellationToken);
        await DescribeOthersAsync(operation, context, metadata, cancellationToken);
        foreach (var (status, response) in operation.Responses)
        {
            DescribeAnswer(response as OpenApiResponse, status, metadata);
        }

        OperationProblems.Add(operation, metadata, context.Document!);
        var sorted = operation.Responses.OrderBy(answer => answer.Key, StringComparer.Ordinal).ToArray();
        operation.Responses.Clear();
        foreach (var (status, response) in sorted)
        {
            operation.Responses[status] = response;
        }
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
            {
                continue;
            }

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

    private static void Secure(OpenApiOperation operation, IList<object> metadata, OpenApiDocument document)
    {
        if (!metadata.OfType<IAllowAnonymous>().Any())
        {
            return;
        }

        operation.Security = [];
        if (metadata.OfType<SecurityMark>().FirstOrDefault() is { } mark)
        {
            if (mark.IsOptional)
            {
                operation.Security.Add([]);
            }

            operation.Security.Add(new OpenApiSecurityRequirement
            {
                [new OpenApiSecuritySchemeReference(mark.Scheme, document)] = [],
            });
        }
    }

    private static async Task DescribeBodyAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, IList<object> metadata,
        CancellationToken cancellation)
    {
        if (metadata.OfType<RawBody>().FirstOrDefault() is { } raw)
        {
            var body = new OpenApiRequestBody { Required = true, Content = new Dictionary<string, OpenApiMediaType>() };
            foreach (var mediaType in raw.MediaTypes)
            {
                body.Content[mediaType] = new OpenApiMediaType
                {
                    Schema = mediaType == Json && raw.Item is { } item
                        ? new OpenApiSchema
                        {
                            Type = JsonSchemaType.Array,
                            Items = await NamedAsync(context, item, cancellation),
                        }
                        : new OpenApiSchema { Type = JsonSchemaType.String },
                };
            }

            operation.RequestBody = body;
        }
        else if (operation.RequestBody is OpenApiRequestBody { Content: { } content } body
            && context.Description.ParameterDescriptions.FirstOrDefault(one => one.Source.Id == "Body") is { } sent)
        {
            body.Required = sent.Type.IsArray
                || sent.Type.GetProperties().Any(one => one.IsDefined(typeof(RequiredAttribute), inherit: false));
            if (!sent.Type.IsArray)
            {
                content[Json].Schema = await NamedAsync(context, sent.Type, cancellation);
            }
        }
    }

    private static async Task DescribeOthersAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, IList<object> metadata,
        CancellationToken cancellation)
    {
        if (metadata.OfType<AlsoAnswers>().FirstOrDefault() is not { } other
            || operation.Responses!["200"].Content is not { } content)
        {
            return;
        }

        if (content.TryGetValue(other.MediaType, out var answer))
        {
            answer.Schema = new OpenApiSchema
            {
                AnyOf = [answer.Schema!, await NamedAsync(context, other.Shape, cancellation)],
            };
        }
        else
        {
            content[other.MediaType] = new OpenApiMediaType
            {
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            };
        }
    }

    private static void DescribeAnswer(OpenApiResponse? response, string status, IList<object> metadata)
    {
        if (response is null)
        {
            return;
        }

        response.Headers ??= new Dictionary<string, IOpenApiHeader>();
        if (status == "201")
        {
            response.Headers["Location"] = Header("Where it is found.", "uri-reference");
        }

        if (status == "200" && metadata.OfType<TagMark>().Any())
        {
            response.Headers["ETag"] = Header("The version, to be sent back as If-Match.", null);
        }
    }

    private static OpenApiHeader Header(string words, string? format) => new()
    {
        Description = words,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = format },
    };

    /// <summary>A reference to the type among the components.</summary>
    private static async Task<IOpenApiSchema> NamedAsync(
        OpenApiOperationTransformerContext context, Type type, CancellationToken cancellation)
    {
        if (context.Document!.Components?.Schemas?.ContainsKey(type.Name) != true)
        {
            var schema = await context.GetOrCreateSchemaAsync(type, null, cancellation);
            SchemaReferences.Resolve(schema, context.Document);
            context.Document.AddComponent(type.Name, schema);
        }

        return new OpenApiSchemaReference(type.Name, context.Document);
    }

    [GeneratedRegex(@"\{(?<name>\w+)[^}]*\}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex PathParameter();
}
