using System.Text;

namespace GridMesh.Gateway.Plumbing.Access;

/// <summary>How tokens are checked. Section <c>GridMesh:Auth</c>.</summary>
public sealed class AuthOptions
{
    public const string Section = "GridMesh:Auth";

    /// <summary>Least length of a signing key in bytes (HMAC-SHA256).</summary>
    public const int KeyBytesMin = 32;

    public const string DefaultIssuer = "gridmesh";

    /// <summary>
    /// Key for HMAC-signed tokens, at least <see cref="KeyBytesMin"/> bytes of UTF-8. Or use an authority.
    /// </summary>
    public string? SigningKey { get; set; }

    /// <summary>
    /// Key that the codes at checkpoints are signed with, as long as a signing key; without one a key is derived from
    /// the signing key. Another one makes every printed code worthless.
    /// </summary>
    public string? CodeKey { get; set; }

    /// <summary>OpenID Connect issuer whose published keys sign the tokens.</summary>
    public string? Authority { get; set; }

    /// <summary>Expected issuer of tokens signed with <see cref="SigningKey"/>.</summary>
    public string Issuer { get; set; } = DefaultIssuer;

    /// <summary>Expected audience; empty means that it is not checked.</summary>
    public string? Audience { get; set; }

    /// <summary>How long a development token lives, in hours, 1-168.</summary>
    public int DevelopmentTokenHours { get; set; } = 12;

    public IEnumerable<string> Problems(bool isDevelopment)
    {
        if (SigningKey is null && Authority is null && !isDevelopment)
        {
            yield return $"{Section}:SigningKey or {Section}:Authority has to be set outside Development";
        }

        if (SigningKey is not null && Authority is not null)
        {
            yield return $"{Section}:SigningKey and {Section}:Authority exclude each other";
        }

        if (SigningKey is not null && Encoding.UTF8.GetByteCount(SigningKey) < KeyBytesMin)
        {
            yield return $"{Section}:SigningKey has to have at least {KeyBytesMin} bytes";
        }

        if (CodeKey is not null && Encoding.UTF8.GetByteCount(CodeKey) < KeyBytesMin)
        {
            yield return $"{Section}:CodeKey has to have at least {KeyBytesMin} bytes";
        }

        if (DevelopmentTokenHours is < 1 or > 168)
        {
            yield return $"{Section}:DevelopmentTokenHours is {DevelopmentTokenHours}; it has to be 1-168";
        }
    }
}
