using System.Text;

namespace GridMesh.Storage.Databases;

/// <summary>Both databases keep any text but NUL and halves of surrogate pairs, which have no UTF-8.</summary>
internal static class StorableText
{
    /// <exception cref="ArgumentException">A text that cannot be stored.</exception>
    public static void Check(params ReadOnlySpan<string?> texts)
    {
        foreach (var text in texts)
        {
            if (text is null)
                continue;
            if (text.Contains('\0'))
                throw new ArgumentException("A text holds the character NUL.", nameof(texts));
            if (text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') && HasHalfPair(text))
                throw new ArgumentException("A text holds half of a surrogate pair.", nameof(texts));
        }
    }

    private static bool HasHalfPair(ReadOnlySpan<char> text)
    {
        while (text.Length > 0)
        {
            if (Rune.DecodeFromUtf16(text, out _, out var used) != System.Buffers.OperationStatus.Done)
                return true;
            text = text[used..];
        }

        return false;
    }
}
