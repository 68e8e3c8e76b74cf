using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using GridMesh.Contracts.Codes;
using GridMesh.Gateway.Plumbing.Access;

namespace GridMesh.Gateway.Residents;

/// <summary>
/// What whoever reported a case on the page is given besides its number: who has it may rate. It is a signature, made
/// to be read out and typed; a number can be guessed, this costs an address too many look-ups.
/// </summary>
internal sealed class ReceiptCodes(AuthOptions auth)
{
    public const int Length = 8;

    /// <summary>Crockford's digits: none looks like another.</summary>
    private const string Digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private readonly CodeSigner _signer = new(auth, "gridmesh receipts 1");

    /// <summary>Null where tokens are signed elsewhere and no key for codes was given.</summary>
    public string? CodeOf(CaseNumber number) => _signer.HasKey
        ? string.Concat(Base64Url.DecodeFromChars(_signer.Sign(number.Value)).Take(Length)
            .Select(one => Digits[one % Digits.Length]))
        : null;

    /// <summary>As it was typed, in either case and with blanks and dashes.</summary>
    public bool IsOf(CaseNumber number, string? typed) => typed is { Length: <= 64 } && CodeOf(number) is { } code
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(code), Encoding.UTF8.GetBytes(Plain(typed)));

    private static string Plain(string typed) => string.Concat(typed.ToUpperInvariant()
        .Where(char.IsAsciiLetterOrDigit).Select(one => one switch { 'O' => '0', 'I' or 'L' => '1', _ => one }));
}
