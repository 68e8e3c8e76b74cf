using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.IdentityModel.JsonWebTokens;

namespace GridMesh.Gateway.Plumbing.Access;

/// <summary>
/// The cookie of a browser whose person an issuer signed in: who it is, sealed, and the session, by which it is called
/// back. No script reads it.
/// </summary>
internal static class PageCookie
{
    public const string Scheme = "page";

    public const string Name = "gridmesh_page";

    /// <summary>So begins one that lies in several others; ours never does.</summary>
    private const string Pieces = "chunks-";

    public static void Configure(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = Name;
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.SlidingExpiration = false;
        options.CookieManager = new ChunkingCookieManager { ChunkSize = null };
        options.Events.OnValidatePrincipal = KeepActor;
    }

    /// <summary>
    /// The cookie as it came. Null where none came, or where it counts for nothing: a browser sends it whoever made the
    /// page, so what changes something, and the hub, need a page of our own.
    /// </summary>
    public static string? Of(HttpContext context) => context.Request.Headers.Cookie.Count > 0
        && context.Request.Cookies[Name] is { Length: > 0 } cookie
        && !cookie.StartsWith(Pieces, StringComparison.Ordinal)
        && (IsRead(context) || IsOfOurPage(context.Request))
            ? cookie
            : null;

    private static bool IsRead(HttpContext context) => !AccessSetup.IsHub(context)
        && (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method));

    /// <summary>
    /// A page of our own makes the call: as browsers say it (Fetch Metadata), or the older ones by the origin alone.
    /// </summary>
    public static bool IsOfOurPage(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"];
        return site.Count > 0
            ? site is ["same-origin"]
            : request.Headers.Origin is [{ } origin] && origin == $"{request.Scheme}://{request.Host}";
    }

    private static Task KeepActor(CookieValidatePrincipalContext context)
    {
        var ends = context.Properties.ExpiresUtc ?? default;
        var session = context.Principal!.FindFirstValue(JwtRegisteredClaimNames.Sid);
        if (session is not null && MeshClaims.TryRead(context.Principal!, out var actor, out _)
            && new CurrentActor(actor, new TokenMarks(null, session, TimeSpan.Zero, ends)) is var me
            && context.HttpContext.RequestServices.GetRequiredService<LiveTokens>().Refusal(me) is null)
        {
            CurrentActor.Keep(context.HttpContext, me);
            context.ReplacePrincipal(AccessSetup.PrincipalOf(actor, Scheme));
        }
        else
        {
            context.RejectPrincipal();
        }

        return Task.CompletedTask;
    }
}
