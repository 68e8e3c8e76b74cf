using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using GridMesh.Gateway.Open311;
using GridMesh.Gateway.Plumbing.Descriptions;
using GridMesh.Gateway.Plumbing.Hosting;
using GridMesh.Gateway.Plumbing.Problems;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Scalar.AspNetCore;

namespace GridMesh.Gateway.ApiDocument;

/// <summary>The descriptions of the API, and the page to read and try them.</summary>
internal static class ApiDocuments
{
    public const string V1 = "v1";

    public const string Open311 = Open311Endpoints.Document;

    public const string Page = "/docs/api";

    private static readonly string[] s_names = [V1, Open311];

    public static void AddApiDocuments(this IServiceCollection services)
    {
        services.AddOpenApi(V1, options => options
            .Named().AddSchemaTransformer<SchemaTransformer>().AddOperationTransformer<OperationTransformer>()
            .AddDocumentTransformer<DocumentTransformer>());
        var georeport = new Open311Transformer();
        services.AddOpenApi(Open311, options =>
        {
            options.ShouldInclude = call => call.GroupName == Open311;
            options.AddOperationTransformer(georeport).AddDocumentTransformer(georeport);
        });
        services.AddSingleton<MadeDocuments>();
    }

    public static void MapApiDocuments(this WebApplication app)
    {
        var isOpen = app.Services.GetRequiredService<EndpointOptions>().ApiPage ?? app.Environment.IsDevelopment();
        var documents = app.MapGet("/openapi/{name}.json", async (string name, MadeDocuments made) =>
            s_names.Contains(name)
            ? Results.Bytes(await made.GetAsync(name), "application/json; charset=utf-8")
            : Problem.Of(ProblemCode.RouteNotFound)).ExcludeFromDescription();
        if (isOpen)
        {
            documents.AllowAnonymous();
            app.MapApiPage();
        }
    }

    /// <summary>The script of the page is part of the program, and no other host is asked.</summary>
    private static void MapApiPage(this WebApplication app) => app
        .MapScalarApiReference(Page, options =>
        {
            options.WithTitle("GridMesh API").WithOpenApiRoutePattern("/openapi/{documentName}.json");
            options.AddDocument(V1, "GridMesh v1").AddDocument(Open311, "Open311 GeoReport v2");
            options.DisableDefaultFonts().DisableAgent().DisableTelemetry().HideDeveloperTools().HideClientButton();
            options.AddPreferredSecuritySchemes(SecurityMark.Bearer);
        })
        .AddEndpointFilter((call, next) =>
        {
            call.HttpContext.Response.Headers.ContentSecurityPolicy =
                "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
                + "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; frame-ancestors 'none'";
            return next(call);
        })
        .AllowAnonymous().ExcludeFromDescription();

    private static OpenApiOptions Named(this OpenApiOptions options)
    {
        options.CreateSchemaReferenceId = shape => SchemaLeaves.NameOf(shape.Type)
            ?? (shape.Type == typeof(Stream) ? null : OpenApiOptions.CreateDefaultSchemaReferenceId(shape));
        return options;
    }

    /// <summary>Each is made once: what it tells does not change while the process runs.</summary>
    internal sealed class MadeDocuments(IServiceProvider services)
    {
        private readonly ConcurrentDictionary<string, Lazy<Task<byte[]>>> _made = new();

        public Task<byte[]> GetAsync(string name) =>
            _made.GetOrAdd(name, _ => new Lazy<Task<byte[]>>(() => MakeAsync(name))).Value;

        private async Task<byte[]> MakeAsync(string name)
        {
            var document = await services.GetRequiredKeyedService<IOpenApiDocumentProvider>(name)
                .GetOpenApiDocumentAsync();
            var text = new StringWriter(CultureInfo.InvariantCulture);
            document.SerializeAsV31(new OpenApiJsonWriter(text, new OpenApiJsonWriterSettings { Terse = true }));
            return Encoding.UTF8.GetBytes(text.ToString());
        }
    }
}
