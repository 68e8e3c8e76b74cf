using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;

namespace GridMesh.Contracts.Codes;

/// <summary>
/// The number of a case: <c>{grid}-{yyMMdd}-{nnnn}</c>, the grid it was opened under, the day in China time and a
/// serial of at least four digits, 1 to <see cref="SerialMax"/>.
/// </summary>
[GenerateSerializer, Immutable, Alias("CaseNumber")]
[JsonConverter(typeof(CaseNumberJsonConverter))]
public readonly record struct CaseNumber
{
    /// <summary>Most cases of one grid in one day.</summary>
    public const int SerialMax = 999_999;

    /// <summary>Least digits of a serial.</summary>
    private const int SerialDigits = 4;

    private CaseNumber(string value) => Value = value;

    [Id(0)] public string Value { get; private init; }

    public AreaCode Grid => AreaCode.Parse(Value[..15]);

    public int Serial => int.Parse(Value.AsSpan(23));

    public static CaseNumber Create(AreaCode grid, DateOnly day, int serial) =>
        serial is >= 1 and <= SerialMax && grid.Tier == Tier.Grid
            ? new CaseNumber(string.Create(CultureInfo.InvariantCulture, $"{grid.Value}-{day:yyMMdd}-{serial:D4}"))
            : throw new ArgumentOutOfRangeException(nameof(serial), serial, "needs a grid and a serial of 1-999999");

    public static CaseNumber Parse(string text) =>
        TryParse(text, out var number, out var reason) ? number : throw new FormatException($"'{text}': {reason}");

    public static bool TryParse(
        [NotNullWhen(true)] string? text, out CaseNumber number, [NotNullWhen(false)] out string? reason)
    {
        number = default;
        if (text is not { Length: >= 27 and <= 29 } || text[15] != '-' || text[22] != '-'
            || text.AsSpan(23).ContainsAnyExceptInRange('0', '9')
            || !DateOnly.TryParseExact(text.AsSpan(16, 6), "yyMMdd", out _))
        {
            reason = "a case number reads {grid}-{yyMMdd}-{nnnn}";
            return false;
        }

        // Only the one form that is written: the same case would have several numbers.
        var digits = text.AsSpan(23);
        if (digits[0] == '0' && (digits.Length > SerialDigits || digits.SequenceEqual("0000")))
        {
            reason = "the serial of a case number is 0001 to 999999, of four digits where fewer would do";
            return false;
        }

        if (!AreaCode.TryParse(text[..15], out _, out reason))
            return false;

        number = new CaseNumber(text);
        return true;
    }

    public override string ToString() => Value;
}
