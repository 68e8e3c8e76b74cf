using System.Globalization;
using GridMesh.Gateway.Plumbing.Problems;
using Microsoft.AspNetCore.Authorization;
using Microsoft.OpenApi;

namespace GridMesh.Gateway.ApiDocument;

/// <summary>The answers that say no: those of every call, and the codes that an endpoint declares.</summary>
internal static class OperationProblems
{
    public const string Schema = "Problem";

    /// <summary>Answers that are the same everywhere; each is described once.</summary>
    private static readonly (ProblemCode[] Codes, string Name, string Words)[] s_shared =
    [
        ([ProblemCode.TokenIsMissingOrInvalid], "Unauthorized", "No token, or none that counts here."),
        ([ProblemCode.TooManyRequests], "TooManyRequests", "Too often: again after Retry-After seconds."),
        ([ProblemCode.UnexpectedFault], "Fault", "A bug: it is in the log."),
        ([ProblemCode.StorageIsUnavailable, ProblemCode.TooBusy, ProblemCode.SiloIsUnavailable], "Unavailable",
            "The world failed: again later, with the same key."),
    ];

    public static void Add(OpenApiOperation operation, IList<object> metadata, OpenApiDocument document)
    {
        var hasBody = operation.RequestBody is not null;
        var codes = metadata.OfType<Refusals>().SelectMany(some => some.Codes)
            .Concat(Refusals.Of(hasBody
                ?
                [
                    ProblemCode.ValidationFailed, ProblemCode.RequestFailed, ProblemCode.MalformedJson,
                    ProblemCode.BodyTooLarge, ProblemCode.MediaTypeNotSupported,
                ]
                : [ProblemCode.ValidationFailed, ProblemCode.RequestFailed]).Codes)
            .Distinct();
        foreach (var group in codes.GroupBy(one => one.Status).OrderBy(group => group.Key))
        {
            operation.Responses![group.Key.ToString(CultureInfo.InvariantCulture)] =
                Answer(WordsOf(group.Key), group.Select(one => one.Code), document);
        }

        var isOpen = metadata.OfType<IAllowAnonymous>().Any();
        foreach (var (shared, name, _) in s_shared.Where(one => !isOpen || one.Name != "Unauthorized"))
        {
            operation.Responses![ProblemStatus.Of(shared[0]).ToString(CultureInfo.InvariantCulture)] =
                new OpenApiResponseReference(name, document);
        }
    }

    /// <summary>The schema of problems, and the answers that all calls share.</summary>
    public static void AddTo(OpenApiDocument document)
    {
        document.Components ??= new OpenApiComponents();
        document.AddComponent(Schema, new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = "RFC 9457. Its code is stable; the texts are for people.",
            Required = new HashSet<string> { "type", "title", "status", "code" },
            Properties = new Dictionary<string, IOpenApiSchema>
            {
                ["type"] = new OpenApiSchema { Type = JsonSchemaType.String, Format = "uri" },
                ["title"] = new OpenApiSchema { Type = JsonSchemaType.String },
                ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32" },
                ["detail"] = new OpenApiSchema { Type = JsonSchemaType.String },
                ["code"] = new OpenApiSchema { Type = JsonSchemaType.String },
                ["errors"] = new OpenApiSchema
                {
                    Type = JsonSchemaType.Object,
                    Description = "What is wrong, by field.",
                    AdditionalProperties = new OpenApiSchema
                    {
                        Type = JsonSchemaType.Array,
                        Items = new OpenApiSchema { Type = JsonSchemaType.String },
                    },
                },
            },
        });
        document.Components.Responses ??= new Dictionary<string, IOpenApiResponse>();
        foreach (var (codes, name, words) in s_shared)
        {
            var answer = Answer(words, codes.Select(code => code.ToString()), document);
            if (name is "TooManyRequests" or "Unavailable")
            {
                answer.Headers = new Dictionary<string, IOpenApiHeader>
                {
                    ["Retry-After"] = new OpenApiHeader
                    {
                        Description = "Seconds.", Schema = new OpenApiSchema { Type = JsonSchemaType.Integer },
                    },
                };
            }

            document.Components.Responses[name] = answer;
        }
    }

    private static OpenApiResponse Answer(string words, IEnumerable<string> codes, OpenApiDocument document) => new()
    {
        Description = words,
        Content = new Dictionary<string, OpenApiMediaType>
        {
            [Problem.ContentType] = new OpenApiMediaType
            {
                Schema = new OpenApiSchema
                {
                    AllOf =
                    [
                        new OpenApiSchemaReference(Schema, document),
                        new OpenApiSchema
                        {
                            Type = JsonSchemaType.Object,
                            Properties = new Dictionary<string, IOpenApiSchema>
                            {
                                ["code"] = SchemaLeaves.Names(codes.Order(StringComparer.Ordinal)),
                            },
                        },
                    ],
                },
            },
        },
    };

    private static string WordsOf(int status) => status switch
    {
        StatusCodes.Status400BadRequest => "What was sent is wrong, by field.",
        StatusCodes.Status403Forbidden => "Who is here may not.",
        StatusCodes.Status404NotFound => "There is no such thing.",
        StatusCodes.Status409Conflict => "It contradicts how things stand.",
        StatusCodes.Status413PayloadTooLarge => "Too much at once.",
        StatusCodes.Status415UnsupportedMediaType => "Another media type is asked for.",
        _ => "This installation cannot do that.",
    };
}
