using System.Security.Claims;
using GridMesh.Contracts.Access;
using GridMesh.Gateway.Plumbing.Problems;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace GridMesh.Gateway.Plumbing.Access;

/// <summary>Bearer tokens at every endpoint: HTTP and hub alike.</summary>
internal static class AccessSetup
{
    public const string QueryToken = "access_token";

    private const string HubPath = "/hubs";

    /// <summary>Named, so that no token says by itself how it is to be checked.</summary>
    private static readonly string[] s_ownAlgorithms = [SecurityAlgorithms.HmacSha256];

    public static readonly string[] IssuersAlgorithms =
        [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.RsaSsaPssSha256];

    public static IServiceCollection AddMeshAccess(
        this IServiceCollection services, AuthOptions options, LimitOptions limits)
    {
        services.AddSingleton(options).AddSingleton(limits);
        services.AddSingleton<TokenSigner>().AddSingleton<KnownTokens>().AddSingleton<ConnectionCounts>();
        services.AddSingleton<LiveTokens>().AddSingleton<TokenRefresh>();
        services.AddHostedService(provider => provider.GetRequiredService<TokenRefresh>());
        services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer();
        services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme)
            .Configure<TokenSigner, TimeProvider>((bearer, signer, time) => Configure(bearer, options, signer, time));
        return services.AddMeshRateLimits(limits);
    }

    /// <summary>No endpoint answers without a valid token unless it says that it is open to everybody.</summary>
    /// <param name="hasPages">Whether cookies sign somebody in too.</param>
    public static void UseMeshAccess(this IApplicationBuilder app, bool hasPages)
    {
        // The framework would put its own middlewares in front of ours, which check every token of every request.
        app.Properties["__AuthenticationMiddlewareSet"] = true;
        app.Properties["__AuthorizationMiddlewareSet"] = true;
        app.UseMiddleware<TokenMiddleware>(hasPages);
        app.UseWhen(context => CurrentActor.Find(context) is null, TokenMiddleware.UseStrangersDoor);
    }

    /// <summary>Some 4 KB of claims and token would live as long as a WebSocket does; the actor counts.</summary>
    public static ClaimsPrincipal PrincipalOf(Actor actor, string scheme) => new(new ClaimsIdentity(
        [new Claim(MeshClaims.Sub, actor.Sub)], scheme, MeshClaims.Name, MeshClaims.Role));

    public static bool IsHub(HttpContext context) => context.Request.Path.StartsWithSegments(HubPath);

    private static void Configure(JwtBearerOptions bearer, AuthOptions options, TokenSigner signer, TimeProvider time)
    {
        bearer.MapInboundClaims = false;
        bearer.SaveToken = false;
        bearer.Authority = options.Authority;

        bearer.RequireHttpsMetadata = options.IssuerIsHttps;
        bearer.TokenValidationParameters = new TokenValidationParameters
        {
            NameClaimType = MeshClaims.Name,
            RoleClaimType = MeshClaims.Role,
            ValidateAudience = !string.IsNullOrEmpty(options.Audience),
            ValidAudience = options.Audience,
            ValidIssuer = options.Authority ?? options.Issuer,
            IssuerSigningKeys = signer.Keys.Count > 0 ? signer.Keys : null,
            ValidAlgorithms = options.Authority is null ? s_ownAlgorithms : IssuersAlgorithms,
            ClockSkew = TimeSpan.FromSeconds(30),
            LifetimeValidator = (notBefore, expires, _, parameters) =>
                IsAlive(notBefore, expires, parameters.ClockSkew, time.GetUtcNow().UtcDateTime),
        };
        bearer.Events = new JwtBearerEvents
        {
            OnMessageReceived = TakeTokenFromQuery,
            OnTokenValidated = KeepActor,
            OnChallenge = AnswerChallenge,
        };
    }

    private static bool IsAlive(DateTime? notBefore, DateTime? expires, TimeSpan skew, DateTime now) =>
        expires is { } end && now <= end + skew && (notBefore is not { } start || now >= start - skew);

    /// <summary>A browser's WebSocket carries no header, so the hub takes the token from the query.</summary>
    private static Task TakeTokenFromQuery(MessageReceivedContext context)
    {
        if (IsHub(context.HttpContext) && context.Request.Query[QueryToken] is [{ Length: > 0 } token])
            context.Token = token;

        return Task.CompletedTask;
    }

    private static Task KeepActor(TokenValidatedContext context)
    {
        if (MeshClaims.TryRead(context.Principal!, out var actor, out var reason))
        {
            var me = new CurrentActor(actor, MarksOf(context));
            if (context.HttpContext.RequestServices.GetRequiredService<LiveTokens>().Refusal(me) is { } refusal)
            {
                context.Fail(refusal);
                return Task.CompletedTask;
            }

            CurrentActor.Keep(context.HttpContext, me);
            context.Principal = PrincipalOf(actor, context.Scheme.Name);
        }
        else
        {
            context.Fail(reason);
        }

        return Task.CompletedTask;
    }

    private static TokenMarks MarksOf(TokenValidatedContext context)
    {
        var now = context.HttpContext.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        var token = (JsonWebToken)context.SecurityToken;
        var begins = token.IssuedAt > DateTime.MinValue ? token.IssuedAt
            : token.ValidFrom > DateTime.MinValue ? token.ValidFrom : now.UtcDateTime;

        // A time of issue that is still to come would make a long life short.
        return new TokenMarks(
            context.Principal!.FindFirstValue(JwtRegisteredClaimNames.Jti),
            context.Principal!.FindFirstValue(JwtRegisteredClaimNames.Sid),
            token.ValidTo - (begins < now.UtcDateTime ? begins : now.UtcDateTime),
            new DateTimeOffset(token.ValidTo, TimeSpan.Zero));
    }

    /// <summary>Our own words for a claim; of what the framework finds no more than whether the time is over.</summary>
    private static string? ReasonOf(Exception? failure) => failure switch
    {
        null => null,
        AuthenticationFailureException => failure.Message,
        SecurityTokenInvalidLifetimeException or SecurityTokenExpiredException or SecurityTokenNotYetValidException =>
            "The token is not valid at this time.",
        _ => "The token is none, or not one of those who are trusted here.",
    };

    private static Task AnswerChallenge(JwtBearerChallengeContext context)
    {
        context.HandleResponse();
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return Problem.Of(ProblemCode.TokenIsMissingOrInvalid, ReasonOf(context.AuthenticateFailure))
            .ExecuteAsync(context.HttpContext);
    }
}
