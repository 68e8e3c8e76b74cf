using GridMesh.Contracts.Storage;
using GridMesh.Gateway.Accounts;
using GridMesh.Gateway.Plumbing.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace GridMesh.Gateway.OpenId;

/// <summary>Endpoints of our own pages and of the issuer, so they stand in no description of the API.</summary>
internal static class OpenIdEndpoints
{
    public const string CallbackPath = $"{Path}/callback";

    private const string Path = "/auth/openid";

    /// <summary>Where the wall is, and where the issuer sends back whoever signed out there.</summary>
    private const string Home = "/";

    public static void MapOpenId(this IEndpointRouteBuilder app)
    {
        var openId = app.MapGroup(Path).ExcludeFromDescription();
        openId.MapGet("sign-in", SignInAsync).AllowAnonymous();
        openId.MapGet("callback", TakeAnswerAsync).AllowAnonymous();
        openId.MapPost("sign-out", SignOutAsync);
        openId.MapPost("logout", TakeLogoutAsync).AllowAnonymous();
    }

    public static string RefusedUrl(OpenIdRefusal refusal) => $"{Home}?refused={refusal}";

    /// <param name="to">The page to come back to, of ours.</param>
    /// <param name="anew">The issuer asks who it is, also where it knows somebody.</param>
    private static async Task SignInAsync(
        HttpContext context, SignInLog log, string? to = null, bool anew = false)
    {
        var properties = new AuthenticationProperties { RedirectUri = IsOurs(to) ? to : Home };
        if (anew)
            properties.SetParameter(OpenIdConnectParameterNames.Prompt, OpenIdConnectPrompt.Login);

        try
        {
            await context.ChallengeAsync(OpenIdSetup.Scheme, properties);
        }
        catch (Exception e) when (!context.RequestAborted.IsCancellationRequested && !context.Response.HasStarted)
        {
            // What it needs to know of the issuer could not be had, or the issuer refused to be asked.
            log.Refused(
                "somebody", $"{context.Connection.RemoteIpAddress}", $"the issuer cannot be asked: {e.Message}");
            context.Response.Redirect(RefusedUrl(OpenIdRefusal.Away));
        }
    }

    /// <summary>The framework's own middleware would look at every request whether it is this one.</summary>
    private static async Task TakeAnswerAsync(HttpContext context, IAuthenticationHandlerProvider handlers)
    {
        if (await handlers.GetHandlerAsync(context, OpenIdSetup.Scheme) is IAuthenticationRequestHandler handler)
            await handler.HandleRequestAsync();
    }

    /// <summary>Ends the session, and says where to sign out at the issuer as well.</summary>
    private static async Task<IResult> SignOutAsync(
        HttpContext context, CurrentActor me, IAccountStore accounts, SignInService sessions, OpenIdIssuer issuer)
    {
        var cancellation = context.RequestAborted;
        var session = me.Token?.Session is { } id ? await accounts.FindSessionAsync(id, cancellation) : null;
        await sessions.SignOutAsync(null, session?.Id, cancellation);
        await context.SignOutAsync(PageCookie.Scheme);
        var back = $"{context.Request.Scheme}://{context.Request.Host}{Home}";
        return Results.Ok(new
        {
            Url = await issuer.SignOutUrlAsync(session?.Grant?.IdToken, back, cancellation) ?? Home,
        });
    }

    /// <summary>The issuer tells that somebody signed out there, or was (Back-Channel Logout 1.0).</summary>
    private static async Task<IResult> TakeLogoutAsync(
        HttpContext context, OpenIdIssuer issuer, OpenIdSessions sessions)
    {
        var cancellation = context.RequestAborted;
        if (!context.Request.HasFormContentType
            || (await context.Request.ReadFormAsync(cancellation))["logout_token"] is not [{ Length: > 0 } token]
            || await issuer.ReadLogoutAsync(token) is not { } whom)
        {
            return Results.BadRequest();
        }

        await sessions.EndOfIssuerAsync(whom.Session, whom.Subject, cancellation);
        return Results.Ok();
    }

    private static bool IsOurs(string? to) =>
        to is ['/'] or ['/', not ('/' or '\\'), ..] && !to.Any(char.IsControl);
}
