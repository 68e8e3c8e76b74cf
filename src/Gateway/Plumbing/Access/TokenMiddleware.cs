using System.Globalization;
using System.Security.Claims;
using GridMesh.Gateway.Plumbing.Problems;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Features.Authentication;

namespace GridMesh.Gateway.Plumbing.Access;

/// <summary>
/// Who calls, and how often. A token that is known passes with two look-ups; any other is checked in full, and
/// a cookie as a token where there is none. Who has neither gets on only to what is open to everybody, within the
/// limits of its address.
/// </summary>
internal sealed class TokenMiddleware(RequestDelegate next, KnownTokens known, TimeProvider time, bool hasPages)
{
    public Task InvokeAsync(HttpContext context)
    {
        var token = TokenOf(context);
        return token is not null || !hasPages
            ? FindAsync(context, token, null)
            : FindAsync(context, PageCookie.Of(context), PageCookie.Scheme);
    }

    /// <summary>
    /// What follows for a request without a valid token. A path that is nothing is nothing for everybody.
    /// </summary>
    public static void UseStrangersDoor(IApplicationBuilder strangers)
    {
        strangers.UseRateLimiter();
        strangers.Use((context, next) => context.GetEndpoint() is { } endpoint
            && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null
                ? context.ChallengeAsync()
                : next(context));
    }

    private static string? TokenOf(HttpContext context)
    {
        if (context.Request.Headers.Authorization is [{ } header])
            return header;

        return AccessSetup.IsHub(context) && context.Request.Query[AccessSetup.QueryToken] is [{ Length: > 0 } token]
            ? token
            : null;
    }

    private Task FindAsync(HttpContext context, string? token, string? scheme) => token is null ? next(context)
        : known.Find(token, time.GetUtcNow()) is { } found ? AdmitAsync(context, found)
        : CheckAsync(context, token, scheme);

    /// <param name="scheme">Null: that of tokens.</param>
    private async Task CheckAsync(HttpContext context, string token, string? scheme)
    {
        if (await context.AuthenticateAsync(scheme) is { Succeeded: true } result
            && CurrentActor.Find(context) is { } me)
        {
            await AdmitAsync(context, known.Learn(token, me, result));
        }
        else
        {
            await next(context);
        }
    }

    private Task AdmitAsync(HttpContext context, KnownToken token)
    {
        if (!token.Bucket.TryTake(time.GetUtcNow().UtcTicks, out var wait))
        {
            context.Response.Headers.RetryAfter =
                Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            return Problem.Of(ProblemCode.TooManyRequests).ExecuteAsync(context);
        }

        CurrentActor.Keep(context, token.Me);
        if (AccessSetup.IsHub(context))
        {
            CurrentActor.KeepForConnection(context, token.Me);
            var signedIn = new SignedIn(token.Result);
            context.Features.Set<IHttpAuthenticationFeature>(signedIn);
            context.Features.Set<IAuthenticateResultFeature>(signedIn);
        }

        return next(context);
    }

    /// <summary>A connection that lasts is told who it belongs to and when its token ends.</summary>
    private sealed class SignedIn(AuthenticateResult result) : IHttpAuthenticationFeature, IAuthenticateResultFeature
    {
        public ClaimsPrincipal? User { get; set; } = result.Principal;

        public AuthenticateResult? AuthenticateResult { get; set; } = result;
    }
}
