using System.Text;
using GridMesh.Contracts.Settings;

namespace GridMesh.Gateway.Plumbing.Access;

[Setting(
    "How tokens are checked. Outside Development a signing key or an authority has to be set.",
    "令牌如何校验。非开发环境须设签名密钥或签发方之一。")]
public sealed class AuthOptions
{
    public const string Section = "GridMesh:Auth";

    /// <summary>Least length of a signing key in bytes (HMAC-SHA256).</summary>
    public const int KeyBytesMin = 32;

    public const string DefaultIssuer = "gridmesh";

    [Setting(
        "Key of HMAC-signed tokens, at least 32 bytes of UTF-8; excludes an authority.",
        "HMAC 令牌签名密钥，UTF-8 至少 32 字节；与签发方互斥。", IsSecret = true)]
    public string? SigningKey { get; set; }

    [Setting(
        "Key that the codes at checkpoints are signed with, at least 32 bytes; without one a key is derived from the "
            + "signing key. Another one makes every printed code worthless.",
        "巡查点位码的签名密钥，至少 32 字节；未设时由签名密钥派生。更换后已印制的点位码全部作废。", IsSecret = true)]
    public string? CodeKey { get; set; }

    [Setting(
        "OpenID Connect issuer whose published keys sign the tokens.", "OpenID Connect 签发方，以其公布的密钥验签。")]
    public string? Authority { get; set; }

    [Setting("Expected issuer of tokens signed with the signing key.", "用签名密钥时要求的签发者。")]
    public string Issuer { get; set; } = DefaultIssuer;

    [Setting("Expected audience; empty: not checked.", "要求的受众；空则不检查。")]
    public string? Audience { get; set; }

    [Setting("How long a development token lives.", "开发令牌的有效期。", 1, 168)]
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

        foreach (var problem in SettingBounds.Problems(Section, this))
        {
            yield return problem;
        }
    }
}
