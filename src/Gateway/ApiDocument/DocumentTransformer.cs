using GridMesh.Contracts.Facts;
using GridMesh.Contracts.Incidents;
using GridMesh.Gateway.Hotline;
using GridMesh.Gateway.Plumbing.Descriptions;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace GridMesh.Gateway.ApiDocument;

/// <summary>What is said of the API as a whole, and the shapes that several calls share.</summary>
internal sealed class DocumentTransformer : IOpenApiDocumentTransformer
{
    public async Task TransformAsync(
        OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "GridMesh",
            Version = "v1",
            Description =
                "District-grid governance, live 网格化治理. Commands take an `Idempotency-Key`; errors are problems of "
                + "RFC 9457 with a stable `code`; lists are `{\"items\", \"next\"}`. What is live comes over SignalR "
                + "at `/hubs/mesh`.",
            License = new OpenApiLicense { Name = "MIT", Identifier = "MIT" },
        };
        document.Servers = [new OpenApiServer { Url = "/", Description = "This installation" }];
        document.Tags = ApiTags.All.Select(tag => new OpenApiTag { Name = tag.Name, Description = tag.Words })
            .Where(tag => document.Paths.Values.SelectMany(path => path.Operations?.Values.AsEnumerable() ?? [])
                .Any(operation => operation.Tags?.Any(one => one.Name == tag.Name) == true))
            .ToHashSet();
        Secure(document);
        OperationProblems.AddTo(document);
        await AddHistoryAsync(document, context, cancellationToken);
    }

    private static void Secure(OpenApiDocument document)
    {
        document.AddComponent(SecurityMark.Bearer, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            BearerFormat = "JWT",
            Description = "Claims: sub, name, role, area, lines, worker. In Development POST /dev/tokens makes one.",
        });
        document.AddComponent(SecurityMark.HotlineKey, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Header,
            Name = HotlineAccess.Header,
            Description = "A key of the hotline 12345.",
        });
        document.Security =
        [
            new OpenApiSecurityRequirement
            {
                [new OpenApiSecuritySchemeReference(SecurityMark.Bearer, document)] = [],
            },
        ];
    }

    /// <summary>An entry is flat: its number, and the fact's own fields beside it.</summary>
    private static async Task AddHistoryAsync(
        OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellation)
    {
        var entries = new List<IOpenApiSchema>();
        var discriminator = new OpenApiDiscriminator
        {
            PropertyName = FactFamily.Discriminator,
            Mapping = new Dictionary<string, OpenApiSchemaReference>(),
        };
        foreach (var kind in FactFamily.KindsOf(typeof(IncidentFact)))
        {
            var schema = await context.GetOrCreateSchemaAsync(kind, null, cancellation);
            SchemaReferences.Resolve(schema, document);
            schema.Properties!["seq"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int64" };
            schema.Properties[FactFamily.Discriminator] = SchemaLeaves.Names([kind.Name]);
            schema.Required = schema.Properties.Keys.ToHashSet();
            document.AddComponent(kind.Name, schema);
            var reference = new OpenApiSchemaReference(kind.Name, document);
            entries.Add(reference);
            discriminator.Mapping[kind.Name] = reference;
        }

        if (document.Components?.Schemas?[nameof(HistoryEntry)] is OpenApiSchema entry)
            (entry.OneOf, entry.Discriminator) = (entries, discriminator);
    }
}
