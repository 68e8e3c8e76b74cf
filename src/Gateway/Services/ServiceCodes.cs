using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Incidents;
using GridMesh.Gateway.Access;

namespace GridMesh.Gateway.Services;

/// <summary>
/// What opens services to people without a token: the printed code of a grid, <c>1.service.{grid}.{signature}</c>, and
/// the token of a service, a signature over its number. Both by HMAC-SHA256 with keys that are derived from the same
/// configured one as those at checkpoints, and serve nothing else; neither is kept anywhere.
/// </summary>
internal sealed class ServiceCodes(AuthOptions auth)
{
    /// <summary>Longest code or token that is looked at, in characters.</summary>
    public const int CodeMax = 200;

    private const int SignatureBytes = 16;

    private const string Prefix = "1.service.";

    private readonly byte[]? _codeKey = KeyOf(auth, "gridmesh service codes 1");

    private readonly byte[]? _tokenKey = KeyOf(auth, "gridmesh service tokens 1");

    /// <summary>False where tokens are signed elsewhere and no key for codes was given.</summary>
    public bool HasKey => _codeKey is not null;

    /// <exception cref="InvalidOperationException">There is no key.</exception>
    public string Make(AreaCode grid) => $"{Prefix}{grid}.{Sign(_codeKey, Prefix + grid)}";

    /// <summary>Reads a code, or says why it does not count.</summary>
    public RejectCode? Read(string text, out AreaCode grid)
    {
        grid = default;
        return HasKey && text.Split('.') is ["1", "service", var area, var signature]
            && AreaCode.TryParse(area, out grid, out _) && grid.Tier == Tier.Grid
            && IsSame(signature, Sign(_codeKey, Prefix + grid))
            ? null
            : RejectCode.CodeIsForged;
    }

    /// <summary>What the asker of a service shows; null where there is no key.</summary>
    public string? TokenOf(string service) => HasKey ? Sign(_tokenKey, service) : null;

    public bool IsTokenOf(string service, string? token) =>
        token is { Length: > 0 and <= CodeMax } && TokenOf(service) is { } own && IsSame(token, own);

    private static bool IsSame(string one, string other) => CryptographicOperations.FixedTimeEquals(
        Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(other));

    private static byte[]? KeyOf(AuthOptions auth, string purpose) => (auth.CodeKey ?? auth.SigningKey) is { } key
        ? HKDF.DeriveKey(
            HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(key), 32, info: Encoding.UTF8.GetBytes(purpose))
        : null;

    private static string Sign(byte[]? key, string text) => Base64Url.EncodeToString(HMACSHA256.HashData(
        key ?? throw new InvalidOperationException("no key for codes"), Encoding.UTF8.GetBytes(text))
        .AsSpan(0, SignatureBytes));
}
