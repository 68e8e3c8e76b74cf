using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace GridMesh.Contracts.Codes;

/// <summary>
/// The code of an area from province (2 digits) to grid (15 digits). A code is a path: the parent of a 15-digit grid is
/// its first 12 digits. Layout after GB/T 2260 and GB/T 10114 (see DOMAIN "Tiers and codes").
/// </summary>
[GenerateSerializer, Immutable, Alias("AreaCode")]
[JsonConverter(typeof(AreaCodeJsonConverter))]
public readonly record struct AreaCode : IComparable<AreaCode>
{
    /// <summary>Lengths of the tiers, index = <see cref="Tier"/>.</summary>
    private static readonly int[] s_lengths = [2, 4, 6, 9, 12, 15];

    private AreaCode(string value) => Value = value;

    /// <summary>2, 4, 6, 9, 12 or 15 digits; null only for the default value, which no endpoint takes.</summary>
    [Id(0)] public string Value { get; private init; }

    public Tier Tier => (Tier)Array.IndexOf(s_lengths, Value.Length);

    /// <summary>The area one tier up, or null for a province.</summary>
    public AreaCode? Parent => Tier == Tier.Province ? null : new AreaCode(Value[..s_lengths[(int)Tier - 1]]);

    /// <summary>True where the other is this one's <see cref="Parent"/>, without making it.</summary>
    public bool IsChildOf(AreaCode other)
    {
        var tier = (int)Tier;
        return tier > 0 && other.Value.Length == s_lengths[tier - 1] && other.Contains(this);
    }

    /// <summary>The first six digits; a province or city has none and answers itself.</summary>
    public AreaCode District => Value.Length <= 6 ? this : new AreaCode(Value[..6]);

    /// <summary>True for the area itself and everything below it.</summary>
    public bool Contains(AreaCode other) => other.Value.StartsWith(Value, StringComparison.Ordinal);

    /// <summary>This area's ancestor at a tier at or above its own.</summary>
    public AreaCode At(Tier tier) => new(Value[..s_lengths[(int)tier]]);

    public static AreaCode Parse(string text) =>
        TryParse(text, out var code, out var reason) ? code : throw new FormatException($"'{text}': {reason}");

    public static bool TryParse([NotNullWhen(true)] string? text, out AreaCode code) => TryParse(text, out code, out _);

    /// <summary>Checks digits, length and each segment; <paramref name="reason"/> says what is wrong.</summary>
    public static bool TryParse(
        [NotNullWhen(true)] string? text, out AreaCode code, [NotNullWhen(false)] out string? reason)
    {
        code = default;
        reason = Fault(text);
        if (reason is not null)
            return false;

        code = new AreaCode(text!);
        return true;
    }

    public int CompareTo(AreaCode other) => string.CompareOrdinal(Value, other.Value);

    public override string ToString() => Value;

    private static string? Fault(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return "an area code is missing";

        if (Array.IndexOf(s_lengths, text.Length) < 0)
            return "an area code has 2, 4, 6, 9, 12 or 15 digits";

        if (text.AsSpan().ContainsAnyExceptInRange('0', '9'))
            return "an area code holds digits only";

        if (text[0] == '0')
            return "no province begins with 0";

        return SegmentFault(text);
    }

    private static string? SegmentFault(string text)
    {
        if (text.Length >= 9 && int.Parse(text.AsSpan(6, 3)) is 0 or > 599)
            return "digits 7-9 of a town or subdistrict are 001-599";

        if (text.Length >= 12 && text.AsSpan(9, 3).SequenceEqual("000"))
            return "digits 10-12 of a community or village are 001-999";

        return text.Length == 15 && text.AsSpan(12, 3).SequenceEqual("000")
            ? "digits 13-15 of a grid are 001-999"
            : null;
    }
}
