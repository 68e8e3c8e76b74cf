using System.Security.Cryptography;
using GridMesh.Contracts.Access;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace GridMesh.Gateway.Accounts;

/// <summary>
/// Passwords as hashes of ASP.NET Core Identity, and what makes one (NIST SP 800-63B: long, not crooked).
/// </summary>
internal sealed class Passwords
{
    public const int Min = 12;
    public const int Max = 128;

    /// <summary>PBKDF2 with HMAC-SHA512, as OWASP asks; the hash says its own number, so it may grow.</summary>
    private const int Iterations = 210_000;

    private const int LettersMin = 5;

    /// <summary>Letters and digits that nobody reads as another.</summary>
    private const string Alphabet = "abcdefghjkmnpqrstuvwxyz23456789";

    private static readonly string[] s_known = ["password", "12345678", "qwertyui", "gridmesh", "mima1234"];

    private readonly PasswordHasher<string> _hasher = new(Options.Create(
        new PasswordHasherOptions { IterationCount = Iterations }));

    private readonly Lazy<string> _nobodys;

    public Passwords() => _nobodys = new Lazy<string>(() => Hash("", Make()));

    /// <summary>A first password, 16 letters of 31: 79 bits.</summary>
    public static string Make() => RandomNumberGenerator.GetString(Alphabet, 16);

    /// <summary>Why it is no password; null: it is one.</summary>
    public static string? Problem(string password, string account)
    {
        var small = password.ToLowerInvariant();
        return password.Length is < Min or > Max ? $"has {Min}-{Max} characters"
            : small.Distinct().Count() < LettersMin ? "has too few different characters"
            : account.Length > 2 && small.Contains(account, StringComparison.OrdinalIgnoreCase) ? "holds the name"
            : s_known.Any(small.Contains) ? "holds what is tried first"
            : null;
    }

    public string Hash(string account, string password) => _hasher.HashPassword(account, password);

    public bool IsRight(Account account, string password) =>
        _hasher.VerifyHashedPassword(account.Name, account.PasswordHash, password) != PasswordVerificationResult.Failed;

    /// <summary>Takes as long as <see cref="IsRight"/>.</summary>
    public void Pretend(string password) => _hasher.VerifyHashedPassword("", _nobodys.Value, password);
}
