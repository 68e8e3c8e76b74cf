using GridMesh.Gateway.Plumbing.Health;
using Microsoft.Extensions.FileProviders;

namespace GridMesh.Gateway.Wall;

/// <summary>Serves the built wall at <c>/</c> and tells it what it cannot know.</summary>
internal static class WallFiles
{
    private static readonly string s_root = Path.Combine(AppContext.BaseDirectory, "wwwroot");

    public static void UseWallFiles(this WebApplication app)
    {
        if (System.IO.Directory.Exists(s_root))
        {
            var files = new PhysicalFileProvider(s_root);
            app.UseDefaultFiles(new DefaultFilesOptions { FileProvider = files });
            app.UseStaticFiles(new StaticFileOptions { FileProvider = files, OnPrepareResponse = Cache });
        }
    }

    public static void MapWall(this WebApplication app, WallOptions options)
    {
        var isDevelopment = app.Environment.IsDevelopment();
        app.MapGet("/wall/config.json", () => Results.Ok(new
        {
            Development = isDevelopment,
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

    /// <summary>Hashed assets never change; the page itself is always asked for.</summary>
    private static void Cache(Microsoft.AspNetCore.StaticFiles.StaticFileResponseContext context) =>
        context.Context.Response.Headers.CacheControl =
            context.Context.Request.Path.StartsWithSegments("/assets")
                ? "public, max-age=31536000, immutable"
                : "no-cache";
}
