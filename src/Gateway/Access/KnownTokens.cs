using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;

namespace GridMesh.Gateway.Access;

/// <summary>
/// The tokens that were checked lately. A phone sends the same token with every position, and checking one in full
/// costs more than all the rest of such a request.
/// </summary>
internal sealed class KnownTokens(LimitOptions limits, TimeProvider time)
{
    /// <summary>Most tokens and subjects remembered; one that is forgotten is checked in full again.</summary>
    public const int TokensMax = 200_000;

    /// <summary>Longest time without a full check, so that a key that is withdrawn stops working soon.</summary>
    public static readonly TimeSpan TrustMax = TimeSpan.FromMinutes(5);

    private readonly RecentMap<KnownToken> _tokens = new(TokensMax);
    private readonly RecentMap<TokenBucket> _buckets = new(TokensMax);

    /// <param name="token">As it came, with or without its scheme, so that no copy is made.</param>
    public KnownToken? Find(string token, DateTimeOffset now)
    {
        if (_tokens.Find(token) is not { } known)
        {
            return null;
        }

        if (now < known.TrustedUntil)
        {
            return known;
        }

        _tokens.Forget(token);
        return null;
    }

    /// <summary>Remembers a token that was checked in full.</summary>
    public KnownToken Learn(string token, CurrentActor me, DateTimeOffset? expires)
    {
        var sub = me.Actor.Sub;
        var bucket = _buckets.Find(sub)
            ?? _buckets.Keep(sub, new TokenBucket(limits.TokenPerSecond, limits.TokenBurst));
        var user = new ClaimsPrincipal(
            new ClaimsIdentity([new Claim(MeshClaims.Sub, sub)], JwtBearerDefaults.AuthenticationScheme));
        var result = AuthenticateResult.Success(new AuthenticationTicket(
            user, new AuthenticationProperties { ExpiresUtc = expires }, JwtBearerDefaults.AuthenticationScheme));
        var trusted = time.GetUtcNow() + TrustMax;
        return _tokens.Keep(token, new KnownToken(me, result, expires < trusted ? expires.Value : trusted, bucket));
    }
}
