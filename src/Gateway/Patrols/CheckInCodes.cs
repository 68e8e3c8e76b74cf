using System.Globalization;
using System.Security.Cryptography;
using GridMesh.Contracts.Codes;
using GridMesh.Gateway.Plumbing.Access;

namespace GridMesh.Gateway.Patrols;

/// <summary>Which checkpoint a code is of.</summary>
/// <param name="Name">Names the code itself: no code counts twice in a round.</param>
/// <param name="IsPrinted">It can be carried about, so the worker's position has to speak for it.</param>
internal readonly record struct CheckInCode(AreaCode Grid, string Plan, string Checkpoint, string Name, bool IsPrinted);

/// <summary>
/// The codes at checkpoints: <c>1.{grid}.{plan}.{checkpoint}.{name}.{signature}</c>, signed by
/// <see cref="CodeSigner"/>. A display shows another code every minute; a printed one holds for as long as its plan.
/// </summary>
internal sealed class CheckInCodes(AuthOptions auth, TimeProvider time)
{
    /// <summary>Longest code that is looked at, in characters.</summary>
    public const int CodeMax = 200;

    /// <summary>
    /// A display's code counts in its own step and the ones beside it: clocks differ, and hands are slow.
    /// </summary>
    private const int StepSeconds = 60;

    private const int NonceLetters = 12;
    private const char Display = 'd';
    private const char Printed = 'p';

    private readonly CodeSigner _signer = new(auth, "gridmesh check-in codes 1");

    /// <summary>False where tokens are signed elsewhere and no key for codes was given.</summary>
    public bool HasKey => _signer.HasKey;

    private long Step => time.GetUtcNow().ToUnixTimeSeconds() / StepSeconds;

    /// <exception cref="InvalidOperationException">There is no key.</exception>
    public string Make(AreaCode grid, string plan, string checkpoint, bool isPrinted)
    {
        var name = isPrinted
            ? $"{Printed}{RandomNumberGenerator.GetHexString(NonceLetters, lowercase: true)}"
            : string.Create(CultureInfo.InvariantCulture, $"{Display}{Step}");
        var text = $"1.{grid}.{plan}.{checkpoint}.{name}";
        return $"{text}.{_signer.Sign(text)}";
    }

    /// <summary>When the display has to show another one.</summary>
    public DateTimeOffset NextStep() => DateTimeOffset.FromUnixTimeSeconds((Step + 1) * StepSeconds);

    /// <summary>Reads a code, or says why it does not count.</summary>
    public RejectCode? Read(string text, out CheckInCode code)
    {
        code = default;
        var end = text.LastIndexOf('.');
        if (end < 0 || text.Split('.') is not ["1", var area, var plan, var checkpoint, var name, _]
            || !AreaCode.TryParse(area, out var grid) || name.Length < 2
            || !_signer.HasSigned(text[..end], text[(end + 1)..]))
        {
            return RejectCode.CodeIsForged;
        }

        code = new CheckInCode(grid, plan, checkpoint, name, name[0] == Printed);
        return code.IsPrinted
            || (long.TryParse(name.AsSpan(1), CultureInfo.InvariantCulture, out var step) && Math.Abs(Step - step) <= 1)
            ? null
            : RejectCode.CodeHasExpired;
    }
}
