using System.Globalization;
using System.Security.Claims;
using GridMesh.Contracts.Letters;
using GridMesh.Contracts.Storage;
using GridMesh.Gateway.Accounts;
using GridMesh.Gateway.Plumbing.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace GridMesh.Gateway.OpenId;

/// <summary>
/// Signing in at an issuer by a browser: the authorization code flow with PKCE, state and nonce. What the issuer gives
/// stays on this side; the browser gets a cookie.
/// </summary>
internal static class OpenIdSetup
{
    public const string Scheme = "openid";

    private const int WhyMax = 200;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    public static void AddOpenId(this IServiceCollection services, AuthOptions auth, OpenIdOptions options)
    {
        services.AddSingleton(options);
        if (!options.IsOn)
            return;

        services.AddSingleton<OpenIdIssuer>().AddSingleton<OpenIdSessions>().AddHostedService<OpenIdRenewal>();
        services.AddDataProtection().SetApplicationName("GridMesh");
        services.AddOptions<KeyManagementOptions>()
            .Configure<IKeyRing>((keys, ring) => keys.XmlRepository = new SharedKeys(ring));

        // The one warns that its keys are not encrypted, which the key ring does; the others tell of whatever a
        // stranger brings, which SignInLog does within bounds.
        services.AddLogging(logging => logging
            .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error)
            .AddFilter("Microsoft.AspNetCore.Authentication.OpenIdConnect", LogLevel.None)
            .AddFilter("Microsoft.AspNetCore.Authentication.Cookies", LogLevel.None));
        services.AddAuthentication().AddCookie(PageCookie.Scheme, PageCookie.Configure)
            .AddOpenIdConnect(Scheme, openId => Configure(openId, auth, options));
    }

    private static void Configure(OpenIdConnectOptions openId, AuthOptions auth, OpenIdOptions options)
    {
        openId.Authority = auth.Authority;
        openId.RequireHttpsMetadata = auth.IssuerIsHttps;
        openId.ClientId = options.ClientId;
        openId.ClientSecret = options.ClientSecret;
        openId.SignInScheme = PageCookie.Scheme;
        openId.CallbackPath = OpenIdEndpoints.CallbackPath;
        openId.ResponseType = OpenIdConnectResponseType.Code;
        openId.ResponseMode = OpenIdConnectResponseMode.Query;
        openId.UsePkce = true;
        openId.MapInboundClaims = false;
        openId.BackchannelTimeout = s_patience;
        openId.TokenValidationParameters.ValidAlgorithms = AccessSetup.IssuersAlgorithms;
        openId.Scope.Clear();
        foreach (var scope in options.Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            openId.Scope.Add(scope);

        // Issuers say groups and the like in the ID token, at their endpoint for it, or at both.
        openId.GetClaimsFromUserInfoEndpoint = true;
        openId.ClaimActions.Clear();
        foreach (var claim in (string[])[
            MeshClaims.Sub, options.NameClaim, options.RoleClaim, options.AreaClaim, options.LinesClaim,
            options.WorkerClaim])
        {
            openId.ClaimActions.MapJsonKey(claim, claim);
        }

        // Until the ticket is there, which takes them out again: none goes into the cookie.
        openId.SaveTokens = true;
        foreach (var cookie in (CookieBuilder[])[openId.CorrelationCookie, openId.NonceCookie])
        {
            cookie.SameSite = SameSiteMode.Lax;
            cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        }

        openId.Events.OnTicketReceived = BeginAsync;
        openId.Events.OnRemoteFailure = FailAsync;
    }

    private static async Task BeginAsync(TicketReceivedContext context)
    {
        var services = context.HttpContext.RequestServices;
        var reading = OpenIdReading.Of(context.Principal!.Claims, services.GetRequiredService<OpenIdOptions>());
        var (session, read) = await services.GetRequiredService<OpenIdSessions>().BeginAsync(
            reading, TokensOf(context), $"{context.HttpContext.Connection.RemoteIpAddress}",
            context.HttpContext.RequestAborted);
        if (session is null)
        {
            Refuse(context, read, context.Principal.FindFirstValue(MeshClaims.Sub));
            return;
        }

        // Whoever signs in again in the same browser is signed in once.
        await services.GetRequiredService<SignInService>().SignOutAsync(
            null, CurrentActor.Find(context.HttpContext)?.Token?.Session, context.HttpContext.RequestAborted);
        context.Principal = new ClaimsPrincipal(new ClaimsIdentity(
            [.. MeshClaims.Of(session.Grant!.Actor), new Claim(JwtRegisteredClaimNames.Sid, session.Id)],
            PageCookie.Scheme));
        context.Properties = new AuthenticationProperties
        {
            IssuedUtc = session.CreatedAt, ExpiresUtc = session.EndsAt, IsPersistent = true,
        };
    }

    private static OpenIdTokens TokensOf(TicketReceivedContext context)
    {
        string? Token(string name) => context.Properties!.GetTokenValue(name) is { Length: > 0 } token ? token : null;
        var now = context.HttpContext.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        return new OpenIdTokens(
            context.Principal!.FindFirstValue(JwtRegisteredClaimNames.Sid),
            Token(OpenIdConnectParameterNames.RefreshToken), Token(OpenIdConnectParameterNames.IdToken),
            Token("expires_at") is { } ends ? DateTimeOffset.Parse(ends, CultureInfo.InvariantCulture) - now : null);
    }

    private static Task FailAsync(RemoteFailureContext context)
    {
        var why = WholeText.Shorten(context.Failure?.Message.ReplaceLineEndings(" ") ?? "it failed", WhyMax);
        Refuse(context, new OpenIdReading(null, OpenIdRefusal.Failed, why), null);
        return Task.CompletedTask;
    }

    /// <summary>The wall says it in words; the log knows why.</summary>
    private static void Refuse(
        HandleRequestContext<RemoteAuthenticationOptions> context, OpenIdReading reading, string? sub)
    {
        var http = context.HttpContext;
        http.RequestServices.GetRequiredService<SignInLog>().Refused(
            WholeText.Shorten(sub ?? "somebody", MeshClaims.TextMax), $"{http.Connection.RemoteIpAddress}",
            reading.Why);
        http.Response.Redirect(OpenIdEndpoints.RefusedUrl(reading.Refusal));
        context.HandleResponse();
    }
}
