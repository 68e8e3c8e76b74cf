using Microsoft.AspNetCore.Authentication;

namespace GridMesh.Gateway.Plumbing.Access;

/// <summary>
/// The tokens that were checked lately. A phone sends the same token with every position, and checking one in full
/// costs more than all the rest of such a request.
/// </summary>
internal sealed class KnownTokens(LimitOptions limits, LiveTokens live, TimeProvider time)
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
            return null;

        if (now < known.TrustedUntil && live.Refusal(known.Me) is null)
            return known;

        _tokens.Forget(token);
        return null;
    }

    /// <summary>Remembers a token that was checked in full.</summary>
    /// <param name="result">How the check ended: it knows until when the token is valid.</param>
    public KnownToken Learn(string token, CurrentActor me, AuthenticateResult result)
    {
        var sub = me.Actor.Sub;
        var bucket = _buckets.Find(sub)
            ?? _buckets.Keep(sub, new TokenBucket(limits.TokenPerSecond, limits.TokenBurst));
        var trusted = time.GetUtcNow() + TrustMax;
        return _tokens.Keep(token, new KnownToken(
            me, result, result.Properties?.ExpiresUtc is { } expires && expires < trusted ? expires : trusted, bucket));
    }
}
