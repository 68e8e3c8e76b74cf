using GridMesh.Gateway.Plumbing.Access;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace GridMesh.Gateway.Open311;

/// <summary>Describes GeoReport v2: its answers are written field by field, so their shapes stand here.</summary>
internal sealed class Open311Transformer : IOpenApiOperationTransformer, IOpenApiDocumentTransformer
{
    private const string Json = "application/json";
    private const string Form = "application/x-www-form-urlencoded";
    private const string ErrorName = "Error";

    private static readonly string[] s_required = ["api_key", "service_code"];

    private static readonly (int Status, string Words)[] s_errors =
    [
        (400, "What is wrong, everything at once"), (403, "The key"), (404, "There is no such thing"),
        (409, "It contradicts how things stand"), (415, "The body is no form"), (429, "Too often"),
        (503, "Again later, with the same key"),
    ];

    public Task TransformAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var call = context.Description.ActionDescriptor.EndpointMetadata.OfType<Open311Call>().Last();
        var isPost = call.Answer == Open311Calls.RequestReceipt;
        (operation.OperationId, operation.Summary) = (call.Id, $"{call.Summary}; .xml in place of .json for XML");
        operation.Security = [];
        operation.Parameters = [.. PathOf(context.Description.RelativePath ?? "")];
        foreach (var (name, words) in isPost ? [] : call.Query)
            operation.Parameters.Add(Parameter(name, ParameterLocation.Query, words));

        if (isPost)
        {
            operation.Parameters.Add(
                Parameter(Commands.Header, ParameterLocation.Header, "The same key again is the same case"));
            operation.RequestBody = BodyOf(call);
        }

        var shape = new OpenApiSchemaReference(call.Answer, context.Document);
        operation.Responses = new OpenApiResponses
        {
            [isPost ? "201" : "200"] = Response("Done", call.Answer is Open311Calls.Discovery
                or Open311Calls.ServiceDefinition ? shape : ListOf(shape)),
        };
        foreach (var (status, words) in s_errors.Where(one => isPost || one.Status != 415))
        {
            operation.Responses[$"{status}"] =
                Response(words, ListOf(new OpenApiSchemaReference(ErrorName, context.Document)));
        }

        return Task.CompletedTask;
    }

    public Task TransformAsync(
        OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "GridMesh Open311",
            Version = "v2",
            Description = "Open311 GeoReport v2 城市服务报事. Reading is for everybody, reporting needs an `api_key`.",
            License = new OpenApiLicense { Name = "MIT", Identifier = "MIT" },
        };
        document.Servers = [new OpenApiServer { Url = "/", Description = "This installation" }];
        document.Tags = new HashSet<OpenApiTag>
        {
            new() { Name = "Discovery", Description = "The service itself" },
            new() { Name = "Services", Description = "What can be reported" },
            new() { Name = "Requests", Description = "What was reported" },
        };
        foreach (var (name, shape) in Shapes())
            document.AddComponent(name, shape);

        return Task.CompletedTask;
    }

    private static IEnumerable<(string Name, OpenApiSchema Shape)> Shapes() =>
    [
        (ErrorName, Object([("code", Whole()), ("description", Text())])),
        (Open311Calls.Discovery, Object([
            ("changeset", Text()), ("contact", Text()), ("key_service", Text()),
            ("endpoints", ListOf(Object([
                ("specification", Text()), ("url", Text()), ("changeset", Text()), ("type", Text()),
                ("formats", ListOf(Text()))]))),
        ])),
        (Open311Calls.Service, Object([
            ("service_code", Text()), ("service_name", Text()), ("description", Text()), ("metadata", Flag()),
            ("type", Text()), ("keywords", Text()), ("group", Text()),
        ])),
        (Open311Calls.ServiceDefinition, Object([
            ("service_code", Text()),
            ("attributes", ListOf(Object([
                ("variable", Flag()), ("code", Text()), ("datatype", Text()), ("required", Flag()),
                ("datatype_description", OrNull()), ("order", Whole()), ("description", Text()),
                ("values", ListOf(Object([("key", Text()), ("name", Text())])))]))),
        ])),
        (Open311Calls.ServiceRequest, Object([
            ("service_request_id", Text()), ("status", Text("open", "closed")), ("status_notes", OrNull()),
            ("service_name", OrNull()), ("service_code", OrNull()), ("description", OrNull()),
            ("agency_responsible", OrNull()), ("service_notice", OrNull()), ("requested_datetime", Text()),
            ("updated_datetime", Text()), ("expected_datetime", OrNull()), ("address", OrNull()),
            ("address_id", OrNull()), ("zipcode", OrNull()), ("lat", Degrees()), ("long", Degrees()),
            ("media_url", OrNull()),
        ])),
        (Open311Calls.RequestReceipt, Object([
            ("service_request_id", Text()), ("service_notice", Text()), ("account_id", OrNull()),
        ])),
        (Open311Calls.RequestToken, Object([("service_request_id", Text()), ("token", Text())])),
    ];

    private static IEnumerable<IOpenApiParameter> PathOf(string path) => path.Split('/')
        .Where(part => part.StartsWith('{'))
        .Select(part => part[1..part.IndexOf('}', StringComparison.Ordinal)])
        .Select(name => Parameter(name, ParameterLocation.Path, "Which one"));

    private static OpenApiParameter Parameter(string name, ParameterLocation place, string words) => new()
    {
        Name = name,
        In = place,
        Required = place == ParameterLocation.Path,
        Description = words,
        Schema = Text(),
    };

    private static OpenApiRequestBody BodyOf(Open311Call call)
    {
        var form = Object(call.Query.Select(field => (field.Name, new OpenApiSchema
        {
            Type = JsonSchemaType.String, Description = field.Words,
        })));
        form.Required = s_required.ToHashSet();
        return new OpenApiRequestBody
        {
            Required = true,
            Content = new Dictionary<string, OpenApiMediaType> { [Form] = new() { Schema = form } },
        };
    }

    private static OpenApiResponse Response(string words, IOpenApiSchema schema) => new()
    {
        Description = words,
        Content = new Dictionary<string, OpenApiMediaType> { [Json] = new() { Schema = schema } },
    };

    private static OpenApiSchema Object(IEnumerable<(string Name, OpenApiSchema Schema)> fields)
    {
        var all = fields.ToArray();
        return new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Properties = all.ToDictionary(field => field.Name, field => (IOpenApiSchema)field.Schema),
            Required = all.Select(field => field.Name).ToHashSet(),
        };
    }

    private static OpenApiSchema ListOf(IOpenApiSchema item) => new() { Type = JsonSchemaType.Array, Items = item };

    private static OpenApiSchema Text(params string[] names) => new()
    {
        Type = JsonSchemaType.String,
        Enum = names.Length == 0 ? null : [.. names.Select(name => (System.Text.Json.Nodes.JsonNode)name)],
    };

    private static OpenApiSchema OrNull() => new() { Type = JsonSchemaType.String | JsonSchemaType.Null };

    private static OpenApiSchema Degrees() => new() { Type = JsonSchemaType.Number | JsonSchemaType.Null };

    private static OpenApiSchema Whole() => new() { Type = JsonSchemaType.Integer };

    private static OpenApiSchema Flag() => new() { Type = JsonSchemaType.Boolean };
}
