using GridMesh.Contracts.Codes;
using GridMesh.Gateway.Plumbing.Access;

namespace GridMesh.Gateway.Services;

/// <summary>
/// What opens services to people without a token: the printed code of a grid, <c>1.service.{grid}.{signature}</c>, and
/// the token of a service, a signature over its number. Each is signed for a purpose of its own.
/// </summary>
internal sealed class ServiceCodes(AuthOptions auth)
{
    /// <summary>Longest code or token that is looked at, in characters.</summary>
    public const int CodeMax = 200;

    private const string Prefix = "1.service.";

    private readonly CodeSigner _codes = new(auth, "gridmesh service codes 1");

    private readonly CodeSigner _tokens = new(auth, "gridmesh service tokens 1");

    /// <summary>False where tokens are signed elsewhere and no key for codes was given.</summary>
    public bool HasKey => _codes.HasKey;

    /// <exception cref="InvalidOperationException">There is no key.</exception>
    public string Make(AreaCode grid) => $"{Prefix}{grid}.{_codes.Sign(Prefix + grid)}";

    /// <summary>Reads a code, or says why it does not count.</summary>
    public RejectCode? Read(string text, out AreaCode grid)
    {
        grid = default;
        return text.Split('.') is ["1", "service", var area, var signature]
            && AreaCode.TryParse(area, out grid, out _) && grid.Tier == Tier.Grid
            && _codes.HasSigned(Prefix + grid, signature)
            ? null
            : RejectCode.CodeIsForged;
    }

    /// <summary>What the asker of a service shows; null where there is no key.</summary>
    public string? TokenOf(string service) => HasKey ? _tokens.Sign(service) : null;

    public bool IsTokenOf(string service, string? token) =>
        token is { Length: > 0 and <= CodeMax } && _tokens.HasSigned(service, token);
}
