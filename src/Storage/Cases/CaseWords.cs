using System.Globalization;
using System.Text;

namespace GridMesh.Storage.Cases;

/// <summary>
/// The pairs of neighbouring letters of a text: Chinese has no spaces between words, and any part of a text is to be
/// found. A text contains another only if it has all of its pairs; those that do are looked at once more.
/// </summary>
internal static class CaseWords
{
    /// <summary>
    /// For SQLite's full-text index: each pair as eight hexadecimal digits, the last letter as four, so that a single
    /// letter is found as the beginning of a word.
    /// </summary>
    public static string Of(string text)
    {
        var words = new StringBuilder(text.Length * 9);
        for (var i = 0; i < text.Length; i++)
        {
            words.Append(CultureInfo.InvariantCulture, $"{(int)text[i]:x4}");
            if (i + 1 < text.Length)
                words.Append(CultureInfo.InvariantCulture, $"{(int)text[i + 1]:x4} ");
        }

        return words.ToString();
    }

    /// <summary>The question that finds every text with all pairs of this one; not empty.</summary>
    public static string Match(string text) => text.Length == 1
        ? string.Create(CultureInfo.InvariantCulture, $"{(int)text[0]:x4}*")
        : string.Join(" AND ", Enumerable.Range(0, text.Length - 1).Select(i =>
            string.Create(CultureInfo.InvariantCulture, $"\"{(int)text[i]:x4}{(int)text[i + 1]:x4}\"")).Distinct());

    /// <summary>The pairs by code points, as PostgreSQL counts letters; none for a single letter.</summary>
    public static string[] Pairs(string text)
    {
        var runes = text.EnumerateRunes().Select(rune => rune.ToString()).ToArray();
        return [.. runes.Zip(runes.Skip(1), string.Concat).Distinct()];
    }
}
