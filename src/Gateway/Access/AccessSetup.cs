using System.Security.Claims;
using GridMesh.Gateway.Problems;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.IdentityModel.Tokens;

namespace GridMesh.Gateway.Access;

/// <summary>Bearer tokens at every door: HTTP and hub alike.</summary>
internal static class AccessSetup
{
    public const string HubPath = "/hubs";

    public static IServiceCollection AddMeshAccess(this IServiceCollection services, AuthOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<TokenSigner>();
        services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer();
        services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme)
            .Configure<TokenSigner, TimeProvider>((bearer, signer, time) => Configure(bearer, options, signer, time));
        services.AddAuthorizationBuilder().SetFallbackPolicy(
            new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        return services;
    }

    private static void Configure(JwtBearerOptions bearer, AuthOptions options, TokenSigner signer, TimeProvider time)
    {
        bearer.MapInboundClaims = false;
        bearer.SaveToken = false;
        bearer.Authority = options.Authority;
        bearer.TokenValidationParameters = new TokenValidationParameters
        {
            NameClaimType = MeshClaims.Name,
            RoleClaimType = MeshClaims.Role,
            ValidateAudience = !string.IsNullOrEmpty(options.Audience),
            ValidAudience = options.Audience,
            ValidIssuer = options.Authority ?? options.Issuer,
            IssuerSigningKey = signer.Key,
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
        if (context.HttpContext.Request.Path.StartsWithSegments(HubPath)
            && context.Request.Query["access_token"] is [{ Length: > 0 } token])
        {
            context.Token = token;
        }

        return Task.CompletedTask;
    }

    private static Task KeepActor(TokenValidatedContext context)
    {
        if (MeshClaims.TryRead(context.Principal!, out var actor, out var reason))
        {
            CurrentActor.Keep(context.HttpContext, actor);
            // Some 4 KB of claims and token would live as long as a WebSocket does; from here on the actor counts.
            context.Principal = new ClaimsPrincipal(new ClaimsIdentity(
                [new Claim(MeshClaims.Sub, actor.Sub)], context.Scheme.Name, MeshClaims.Name, MeshClaims.Role));
        }
        else
        {
            context.Fail(reason);
        }

        return Task.CompletedTask;
    }

    private static Task AnswerChallenge(JwtBearerChallengeContext context)
    {
        context.HandleResponse();
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return Problem.Of(
            ProblemCode.TokenIsMissingOrInvalid, StatusCodes.Status401Unauthorized,
            context.AuthenticateFailure?.Message)
            .ExecuteAsync(context.HttpContext);
    }
}
