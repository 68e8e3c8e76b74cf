using System.Buffers;
using System.Text;

namespace GridMesh.Contracts.Letters;

/// <summary>
/// Texts of whole letters: without NUL, and without half of a surrogate pair, which has no UTF-8. Neither database
/// keeps anything else.
/// </summary>
public static class WholeText
{
    /// <summary>What is said of a field that is none.</summary>
    public const string Words = "has whole letters only, and no NUL";

    /// <summary>As much of what somebody sent is said again, in characters.</summary>
    private const int ShownMax = 40;

    public static bool Is(ReadOnlySpan<char> text)
    {
        if (text.Contains('\0'))
            return false;

        var pair = text.IndexOfAnyInRange('\uD800', '\uDFFF');
        while (pair >= 0)
        {
            text = text[pair..];
            if (Rune.DecodeFromUtf16(text, out _, out var used) != OperationStatus.Done)
                return false;

            text = text[used..];
            pair = text.IndexOfAnyInRange('\uD800', '\uDFFF');
        }

        return true;
    }

    /// <summary>At most <paramref name="max"/> characters of it, one less where the last letter has two.</summary>
    public static string Cut(string text, int max)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length <= max ? text
            : max > 0 && char.IsHighSurrogate(text[max - 1]) ? text[..(max - 1)]
            : text[..max];
    }

    /// <summary>The same to be shown: what was cut off is told by an ellipsis.</summary>
    public static string Shorten(string text, int max = ShownMax)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length <= max ? text : Cut(text, max) + "…";
    }
}
