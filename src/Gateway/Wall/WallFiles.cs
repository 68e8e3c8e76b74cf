using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using GridMesh.Gateway.Plumbing.Access;
using GridMesh.Gateway.Plumbing.Health;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;

namespace GridMesh.Gateway.Wall;

/// <summary>
/// Serves the built wall at <c>/</c>, compressed as its build left it, and tells it what it cannot know.
/// </summary>
internal static class WallFiles
{
    private static readonly string s_root = Path.Combine(AppContext.BaseDirectory, "wwwroot");

    /// <summary>The best first.</summary>
    private static readonly (string Coding, string Ending)[] s_forms = [("br", ".br"), ("gzip", ".gz")];

    public static void UseWallFiles(this WebApplication app, WallOptions options)
    {
        if (System.IO.Directory.Exists(s_root))
        {
            var files = new PhysicalFileProvider(s_root);
            var policy = PolicyOf(options);

            // Looked up once: the disk is not asked at every call.
            var forms = s_forms.SelectMany(form => System.IO.Directory.EnumerateFiles(
                    s_root, $"*{form.Ending}", SearchOption.AllDirectories))
                .Select(file => $"/{Path.GetRelativePath(s_root, file).Replace('\\', '/')}")
                .ToFrozenSet(StringComparer.Ordinal);
            app.UseDefaultFiles(new DefaultFilesOptions { FileProvider = files });
            app.Use((context, next) =>
            {
                TakeForm(context.Request, forms);
                return next(context);
            });
            app.UseStaticFiles(new StaticFileOptions
            {
                FileProvider = files,
                ContentTypeProvider = new TypesBelow(),
                OnPrepareResponse = answer => Prepare(answer.Context, answer.File.Name, policy),
            });
        }
    }

    public static void MapWall(this WebApplication app, WallOptions options)
    {
        var auth = app.Services.GetRequiredService<AuthOptions>();
        var openId = app.Services.GetRequiredService<OpenIdOptions>();
        app.MapGet("/wall/config.json", () => Results.Ok(new
        {
            Development = app.Environment.IsDevelopment() && auth.HasKeys,
            OpenId = openId.IsOn ? new { openId.Title } : null,
            options.MapStyleUrl,
            ServerVersion = ProductVersion.Text,
        })).AllowAnonymous().ExcludeFromDescription();
        if (!System.IO.Directory.Exists(s_root))
        {
            app.MapGet("/", () => Results.Text(
                "本程序构建时未包含大屏 (-p:Wall=false)。\nThis build has no wall (-p:Wall=false). The API is at /openapi/v1.json.\n",
                "text/plain; charset=utf-8")).AllowAnonymous().ExcludeFromDescription();
        }
    }

    /// <summary>The map draws in workers and styles of its own making; a style with tiles brings their hosts.</summary>
    private static string PolicyOf(WallOptions options)
    {
        var hosts = options.MapStyleUrl is { } style ? $" {style.GetLeftPart(UriPartial.Authority)} https:" : "";
        return $"default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; worker-src 'self' blob:; "
            + $"img-src 'self' data: blob:{hosts}; font-src 'self' data:; connect-src 'self'{hosts}; object-src 'none'; "
            + "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
    }

    private static void TakeForm(HttpRequest request, FrozenSet<string> files)
    {
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
            return;

        foreach (var (coding, ending) in s_forms)
        {
            if (files.Contains($"{request.Path}{ending}") && request.GetTypedHeaders().AcceptEncoding
                .Any(taken => taken.Value.Equals(coding, StringComparison.OrdinalIgnoreCase) && taken.Quality is not 0))
            {
                request.Path += ending;
                return;
            }
        }
    }

    /// <summary>Hashed assets never change; the page itself is always asked for.</summary>
    private static void Prepare(HttpContext context, string name, string policy)
    {
        var headers = context.Response.Headers;
        headers.Vary = HeaderNames.AcceptEncoding;
        headers.ContentSecurityPolicy = policy;
        headers.CacheControl = context.Request.Path.StartsWithSegments("/assets")
            ? "public, max-age=31536000, immutable"
            : "no-cache";
        foreach (var (coding, ending) in s_forms)
        {
            if (name.EndsWith(ending, StringComparison.Ordinal))
                headers.ContentEncoding = coding;
        }
    }

    /// <summary>The type of a compressed file is that of the file.</summary>
    private sealed class TypesBelow : IContentTypeProvider
    {
        private readonly FileExtensionContentTypeProvider _types = new();

        public bool TryGetContentType(string subpath, [MaybeNullWhen(false)] out string contentType) =>
            _types.TryGetContentType(
                s_forms.Aggregate(subpath, (path, form) => path.EndsWith(form.Ending, StringComparison.Ordinal)
                    ? path[..^form.Ending.Length]
                    : path),
                out contentType);
    }
}
