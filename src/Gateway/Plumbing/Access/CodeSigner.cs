using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using GridMesh.Gateway.Plumbing.Problems;

namespace GridMesh.Gateway.Plumbing.Access;

/// <summary>
/// Signs short texts that people scan or keep, by HMAC-SHA256 with a key that is derived from the configured one for
/// one purpose and serves nothing else. Nothing of it is kept anywhere.
/// </summary>
internal sealed class CodeSigner(AuthOptions auth, string purpose)
{
    private const int KeyBytes = 32;
    private const int SignatureBytes = 16;

    private readonly byte[]? _key = (auth.CodeKey ?? auth.SigningKey) is { } key
        ? HKDF.DeriveKey(
            HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(key), KeyBytes, info: Encoding.UTF8.GetBytes(purpose))
        : null;

    /// <summary>The answer where codes are asked for and there is no key.</summary>
    public static IResult NoKey => Problem.Of(
        ProblemCode.CodesHaveNoKey, $"{AuthOptions.Section}:CodeKey is not set.");

    /// <summary>False where tokens are signed elsewhere and no key for codes was given.</summary>
    public bool HasKey => _key is not null;

    /// <exception cref="InvalidOperationException">There is no key.</exception>
    public string Sign(string text) => Base64Url.EncodeToString(HMACSHA256.HashData(
        _key ?? throw new InvalidOperationException("no key for codes"), Encoding.UTF8.GetBytes(text))
        .AsSpan(0, SignatureBytes));

    /// <summary>False without a key, whatever the signature.</summary>
    public bool HasSigned(string text, string signature) => HasKey && CryptographicOperations.FixedTimeEquals(
        Encoding.UTF8.GetBytes(Sign(text)), Encoding.UTF8.GetBytes(signature));
}
