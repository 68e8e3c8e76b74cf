using GridMesh.Gateway.Plumbing.Access;
using GridMesh.Gateway.Plumbing.Health;

namespace GridMesh.Gateway.Web;

/// <summary>The pages: their files, and what the server tells them that they cannot know.</summary>
internal static class WebSetup
{
    public static void UseWebFiles(this WebApplication app, WallOptions options) =>
        new WebFiles().Use(app, PolicyOf(options));

    public static void MapWeb(this WebApplication app, WallOptions options)
    {
        var auth = app.Services.GetRequiredService<AuthOptions>();
        var openId = app.Services.GetRequiredService<OpenIdOptions>();
        app.MapGet("/config.json", () => Results.Ok(new
        {
            Development = app.Environment.IsDevelopment() && auth.HasKeys,
            Accounts = auth.HasKeys,
            OpenId = openId.IsOn ? new { openId.Title } : null,
            options.MapStyleUrl,
            ServerVersion = ProductVersion.Text,
        })).AllowAnonymous().ExcludeFromDescription();
        if (!WebFiles.Exist)
        {
            app.MapGet("/", () => Results.Text(
                "本程序构建时未包含页面 (-p:Web=false)。\nThis build has no pages (-p:Web=false). The API is at /openapi/v1.json.\n",
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
}
