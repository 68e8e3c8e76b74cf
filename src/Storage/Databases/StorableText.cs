using GridMesh.Contracts.Letters;

namespace GridMesh.Storage.Databases;

/// <summary>Both databases keep any text of whole letters.</summary>
internal static class StorableText
{
    /// <exception cref="ArgumentException">A text that cannot be stored.</exception>
    public static void Check(params ReadOnlySpan<string?> texts)
    {
        foreach (var text in texts)
        {
            if (!WholeText.Is(text))
                throw new ArgumentException("A text holds NUL or half of a surrogate pair.", nameof(texts));
        }
    }
}
