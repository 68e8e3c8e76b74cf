using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;

namespace GridMesh.Gateway.Web;

/// <summary>
/// Serves the built pages, compressed as their build left them: a folder each, below its own name, and the wall at
/// <c>/</c> too.
/// </summary>
internal sealed class WebFiles
{
    private const string Wall = "wall";

    /// <summary>What a build leaves behind whose name is of its content.</summary>
    private const string Hashed = "/assets/";

    private static readonly string s_root = Path.Combine(AppContext.BaseDirectory, "wwwroot");

    /// <summary>The best first.</summary>
    private static readonly (string Coding, string Ending)[] s_forms = [("br", ".br"), ("gzip", ".gz")];

    /// <summary>Looked up once: the disk is not asked at every call.</summary>
    private readonly FrozenSet<string> _files = Exist
        ? System.IO.Directory.EnumerateFiles(s_root, "*", SearchOption.AllDirectories)
            .Select(file => $"/{Path.GetRelativePath(s_root, file).Replace('\\', '/')}")
            .ToFrozenSet(StringComparer.Ordinal)
        : [];

    /// <summary>False in a build without pages.</summary>
    public static bool Exist { get; } = System.IO.Directory.Exists(s_root);

    public void Use(WebApplication app, string policy)
    {
        if (!Exist)
            return;

        app.Use((context, next) =>
        {
            Lead(context.Request);
            return next(context);
        });
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = new PhysicalFileProvider(s_root),
            ContentTypeProvider = new TypesBelow(),
            OnPrepareResponse = answer => Prepare(answer.Context, answer.File.Name, policy),
        });
    }

    private void Lead(HttpRequest request)
    {
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
            return;

        var here = request.Path.Value!;
        var path = PageOf(here) ?? here;
        foreach (var (coding, ending) in s_forms)
        {
            if (_files.Contains($"{path}{ending}") && request.GetTypedHeaders().AcceptEncoding
                .Any(taken => taken.Value.Equals(coding, StringComparison.OrdinalIgnoreCase) && taken.Quality is not 0))
            {
                path += ending;
                break;
            }
        }

        // A string by itself would be decoded once more.
        if (path != here)
            request.Path = new PathString(path);
    }

    /// <summary>A page serves all that lies below its name and is no file: where it stands is its own to say.</summary>
    private string? PageOf(string path)
    {
        if (_files.Contains(path))
            return null;

        var name = path.Split('/') is [_, { Length: > 0 } first, ..] ? first : Wall;
        return $"/{name}/index.html" is var page && _files.Contains(page)
            && !path.Contains('.', StringComparison.Ordinal) ? page : null;
    }

    /// <summary>Hashed assets never change; the page itself is always asked for.</summary>
    private static void Prepare(HttpContext context, string name, string policy)
    {
        var headers = context.Response.Headers;
        headers.Vary = HeaderNames.AcceptEncoding;
        headers.ContentSecurityPolicy = policy;
        headers.CacheControl = context.Request.Path.Value!.Contains(Hashed, StringComparison.Ordinal)
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
