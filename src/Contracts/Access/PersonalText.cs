using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace GridMesh.Contracts.Access;

/// <summary>
/// What people write, made fit for eyes that it was not written for: numbers of telephones, identity cards, bank cards
/// and vehicles, mail addresses and names in messengers are blotted out, however their digits are written and parted.
/// Names of people cannot be told from other words, so whoever writes for everybody is asked to leave them out
/// (docs/open311.md).
/// </summary>
public static partial class PersonalText
{
    private const string Blot = "***";

    /// <summary>Least digits of a number that is somebody's.</summary>
    private const int NumberMin = 7;

    /// <summary>What parts the digits of a number: no letter, no digit, and no colon, which times have.</summary>
    private const string Gap = @"[^\p{L}\p{N}:]";

    private const int MobileLength = 11;

    private const int ShownFirst = 3;

    private const int ShownLast = 4;

    /// <summary>
    /// Digits as they are written out, 幺 for one among them; those in other scripts Unicode knows by itself.
    /// </summary>
    private const string ChineseDigits = "零一二三四五六七八九〇幺贰叁肆伍陆柒捌玖壹";

    /// <summary>Letters by name, of Hangul, that nobody sees.</summary>
    private const string Fillers = "\u115f\u1160\u3164\uffa0";

    private const string DigitsOfChinese = "012345678901234567891";

    /// <summary>The same text without what is personal; null is null.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Mask(string? text)
    {
        if (text is null)
            return null;

        var (plain, places) = Plain(text);
        var masked = new StringBuilder(text.Length);
        var done = 0;
        foreach (Match match in Personal().Matches(plain))
        {
            masked.Append(text, done, places[match.Index].From - done).Append(Blot);
            done = places[match.Index + match.Length - 1].To;
        }

        return masked.Append(text, done, text.Length - done).ToString();
    }

    /// <summary>
    /// The same text with numbers half: <c>138****5678</c>. Enough to tell them apart, too little to call.
    /// </summary>
    public static string HalveNumbers(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!MayHoldNumber(text))
            return text;

        var (plain, places) = Plain(text);
        var halved = new StringBuilder(text.Length);
        var done = 0;
        foreach (Match match in Personal().Matches(plain))
        {
            var digits = DigitsOf(match.Value);
            if (digits.Length < NumberMin)
                continue;

            halved.Append(text, done, places[match.Index].From - done)
                .Append(digits.AsSpan(0, digits.Length >= MobileLength ? ShownFirst : 0)).Append("****")
                .Append(digits.AsSpan(digits.Length - ShownLast));
            done = places[match.Index + match.Length - 1].To;
        }

        return halved.Append(text, done, text.Length - done).ToString();
    }

    /// <summary>Numbers of telephones and the like in a text, digits only, without the code of the country.</summary>
    public static ImmutableArray<string> NumbersIn(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return MayHoldNumber(text)
            ? [.. Personal().Matches(Plain(text).Plain).Select(match => DigitsOf(match.Value))
                .Where(digits => digits.Length >= NumberMin).Distinct()]
            : [];
    }

    /// <summary>Most texts hold none, and are not looked at closely.</summary>
    private static bool MayHoldNumber(string text)
    {
        var digits = 0;
        foreach (var c in text)
        {
            digits += char.IsAsciiDigit(c)
                || (!char.IsAscii(c) && (char.IsNumber(c) || char.IsSurrogate(c)
                    || ChineseDigits.Contains(c, StringComparison.Ordinal))) ? 1 : 0;
        }

        return digits >= NumberMin;
    }

    private static string DigitsOf(string number)
    {
        var digits = string.Concat(number.Where(char.IsAsciiDigit));
        return digits.Length == MobileLength + 2 && digits.StartsWith("86", StringComparison.Ordinal)
            ? digits[2..]
            : digits;
    }

    /// <summary>
    /// The text as a reader takes it in: letters and digits in their plain form, nothing that cannot be seen. Each
    /// character with the place in the text that it stands for.
    /// </summary>
    private static (string Plain, List<(int From, int To)> Places) Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        var places = new List<(int From, int To)>(text.Length);
        var from = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var to = Math.Min(from + rune.Utf16SequenceLength, text.Length);
            foreach (var c in PlainOf(rune))
            {
                plain.Append(c);
                places.Add((from, to));
            }

            from = to;
        }

        return (plain.ToString(), places);
    }

    private static string PlainOf(Rune rune)
    {
        if (rune.IsAscii)
            return rune.ToString();

        if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.NonSpacingMark
            or UnicodeCategory.EnclosingMark || Fillers.Contains((char)rune.Value, StringComparison.Ordinal))
        {
            return string.Empty;
        }

        if (Rune.GetNumericValue(rune) is >= 0 and <= 9 and var value && value == Math.Floor(value)
            && (Rune.IsDigit(rune) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.OtherNumber))
        {
            return ((int)value).ToString(CultureInfo.InvariantCulture);
        }

        // The full-width forms of ASCII stand in its order.
        if (rune.Value is >= 0xFF01 and <= 0xFF5E)
            return ((char)(rune.Value - 0xFEE0)).ToString();

        var chinese = rune.IsBmp ? ChineseDigits.IndexOf((char)rune.Value, StringComparison.Ordinal) : -1;
        return chinese >= 0
            ? DigitsOfChinese[chinese].ToString()
            : rune.ToString();
    }

    [GeneratedRegex(
        $$"""
        # What may touch another number takes its digits too.
        # A mobile number, its digits parted in whatever way; with colons only as a number is grouped, or it is a time.
        (?<!\d) (?: (?: \+ | 00 )? 86 {{Gap}}{0,3} )?
            1 {{Gap}}{0,3} [3-9] (?: {{Gap}}{0,3} \d ){9} (?!\d)
        | (?<!\d) 1[3-9]\d \s? : \s? \d{4} \s? : \s? \d{4} (?!\d)
        # One of abroad; a landline with its area code; 400 and 800 numbers.
        | \+ \d (?: [\s.\-()]{0,2} \d ){7,14} (?!\d)
        | (?<!\d) 0\d{2,3} {{Gap}}{0,3} [1-9] (?: {{Gap}}{0,2} \d ){6,7} (?!\d)
        | (?<!\d) [48]00 (?: {{Gap}}{0,3} \d ){7} (?!\d)
        # An identity card, its day of birth within, or a number of which somebody has blotted out the middle.
        | (?<!\d) [1-9] (?: {{Gap}}{0,3} \d ){5}
            {{Gap}}{0,3} (?: 1 {{Gap}}{0,3} 9 | 2 {{Gap}}{0,3} 0 )
            (?: {{Gap}}{0,3} \d ){9} {{Gap}}{0,3} [\dX] (?!\d)
        | (?<!\d) [1-9]\d{2,13} [*xX×●•]{2,} \d* [Xx]?
        # A bank card in groups of four, a local number in two, and whatever else is long enough to be somebody's.
        | (?<!\d) \d{4} (?: [\s\-] \d{4} ){2,} (?: [\s\-] \d{1,4} )? (?!\d)
        | (?<![\d\-.]) [2-9]\d{2,3} [\s.\-·] \d{4} (?![\d\-.])
        | (?<!\d) \d{7,} [Xx]?
        # A plate of a vehicle.
        | [京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使] [A-HJ-Z] [\s·•.\-]? [A-HJ-NP-Z0-9]{4,5} [A-HJ-NP-Z0-9挂学警港澳] \d*
        # A mail address, and a name in a messenger.
        | [\w.+\-]+ \s? (?: @ | [\[(] at [\])] ) \s? [\w\-]+ (?: \. [\w\-]+ )+
        | (?<= (?: 微信 | 薇信 | \bv信 | wechat | weixin | \b[vw]x | \bqq ) 号? [\s::是为]{0,3} ) [A-Za-z][\w\-]{4,19} \d*
        | (?<= (?: \bqq | 扣扣 ) 号? [\s::是为]{0,3} ) \d{5,12} (?!\d)
        """,
        RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace | RegexOptions.IgnoreCase,
        matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Personal();
}
