using System.ComponentModel.DataAnnotations;
using GridMesh.Gateway.Plumbing.Answers;
using GridMesh.Gateway.Plumbing.Descriptions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace GridMesh.Gateway.ApiDocument;

/// <summary>Tells of each call what its endpoint declares: who may, what it takes, what it answers.</summary>
internal sealed class OperationTransformer : IOpenApiOperationTransformer
{
    private const string Json = "application/json";

    public async Task TransformAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        operation.Responses ??= [];
        OperationParameters.Describe(operation, context);
        Secure(operation, metadata, context.Document!);
        await DescribeBodyAsync(operation, context, metadata, cancellationToken);
        await DescribeOthersAsync(operation, context, metadata, cancellationToken);
        foreach (var (status, response) in operation.Responses)
            DescribeAnswer(response as OpenApiResponse, status, metadata);

        OperationProblems.Add(operation, metadata, context.Document!);
        var sorted = operation.Responses.OrderBy(answer => answer.Key, StringComparer.Ordinal).ToArray();
        operation.Responses.Clear();
        foreach (var (status, response) in sorted)
            operation.Responses[status] = response;
    }

    private static void Secure(OpenApiOperation operation, IList<object> metadata, OpenApiDocument document)
    {
        if (!metadata.OfType<IAllowAnonymous>().Any())
            return;

        operation.Security = [];
        if (metadata.OfType<SecurityMark>().FirstOrDefault() is { } mark)
        {
            if (mark.IsOptional)
                operation.Security.Add([]);

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
                content[Json].Schema = await NamedAsync(context, sent.Type, cancellation);
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
            return;

        response.Headers ??= new Dictionary<string, IOpenApiHeader>();
        if (status == "201")
            response.Headers["Location"] = Header("Where it is found.", "uri-reference");

        if (status == "200" && metadata.OfType<TagMark>().Any())
            response.Headers["ETag"] = Header("The version, to be sent back as If-Match.", null);
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
}
