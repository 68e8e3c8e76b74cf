using System.Text;

namespace GridMesh.Gateway.Plumbing.Access;

/// <summary>Tells keys that anybody would try first. It cannot tell a good one: that is made by a machine.</summary>
internal static class KeyStrength
{
    /// <summary>Least length in bytes (HMAC-SHA256).</summary>
    public const int BytesMin = 32;

    /// <summary>Fewer different characters than this are no key, whatever its length.</summary>
    private const int LettersMin = 8;

    /// <summary>What documents and examples put in the place of a key, letters and digits alone.</summary>
    private static readonly string[] s_placeholders =
        ["changeme", "changethis", "replaceme", "replacethis", "yoursecret", "yourkey", "placeholder", "onlyonalaptop"];

    /// <summary>Too short in any environment; null: long enough.</summary>
    public static string? LengthProblem(string key) =>
        Encoding.UTF8.GetByteCount(key) < BytesMin ? $"has to have at least {BytesMin} bytes" : null;

    /// <summary>Why nothing real may rest on the key; null: nothing is known against it.</summary>
    public static string? Problem(string key) =>
        LengthProblem(key)
        ?? (string.IsNullOrWhiteSpace(key) ? "is blank"
            : PeriodOf(key) <= key.Length / 2 ? "is a short text that repeats itself"
            : key.Distinct().Count() < LettersMin ? $"has fewer than {LettersMin} different characters"
            : IsPlaceholder(key) ? "is an example of the documents"
            : null) switch
        {
            null => null,
            var why => $"{why}: make one with 'openssl rand -base64 48'",
        };

    private static bool IsPlaceholder(string key)
    {
        var letters = string.Concat(key.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
        return s_placeholders.Any(letters.Contains);
    }

    /// <summary>After how many characters the text begins anew; its length where it does not.</summary>
    private static int PeriodOf(string text)
    {
        for (var period = 1; period < text.Length; period++)
        {
            if (text.AsSpan(period).SequenceEqual(text.AsSpan(0, text.Length - period)))
                return period;
        }

        return text.Length;
    }
}
