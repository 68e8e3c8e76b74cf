using System.Collections.Frozen;

namespace GridMesh.Contracts.Json;

/// <summary>
/// The one reader of the names of enums: one name, whole. The framework's own readers take numbers, blanks and lists of
/// names too, and make one value of a list.
/// </summary>
public static class EnumName
{
    /// <param name="ignoreCase">Upper and lower case are the same, as people write in queries and settings.</param>
    public static bool TryParse<T>(string? text, out T value, bool ignoreCase = false)
        where T : struct, Enum
    {
        value = default;
        return text is not null && (ignoreCase ? Names<T>.InAnyCase : Names<T>.Exact).TryGetValue(text, out value);
    }

    /// <exception cref="FormatException">It is none of the names.</exception>
    public static T Parse<T>(string? text)
        where T : struct, Enum =>
        TryParse<T>(text, out var value) ? value : throw new FormatException($"'{text}' is none of {All<T>()}");

    /// <summary>All names, to be told to whoever used another.</summary>
    public static string All<T>()
        where T : struct, Enum =>
        string.Join(", ", Enum.GetNames<T>());

    private static class Names<T>
        where T : struct, Enum
    {
        public static readonly FrozenDictionary<string, T> Exact =
            Enum.GetNames<T>().Zip(Enum.GetValues<T>()).ToFrozenDictionary(one => one.First, one => one.Second);

        public static readonly FrozenDictionary<string, T> InAnyCase =
            Exact.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }
}
