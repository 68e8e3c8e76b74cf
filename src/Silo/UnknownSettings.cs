using System.Collections;

namespace GridMesh.Silo;

/// <summary>Names below <c>GridMesh:</c> that nothing reads: a slip of the pen, which would be passed over.</summary>
internal static class UnknownSettings
{
    private const string Prefix = "GridMesh:";

    /// <summary>Farther apart than this many letters, two names are not the same one miswritten.</summary>
    private const int SlipMax = 4;

    public static IEnumerable<string> In(IConfiguration configuration, IEnumerable<object> sections)
    {
        var settings = sections.SelectMany(section => SettingSection.Of(section).Settings).ToList();
        return configuration.AsEnumerable()
            .Where(entry => entry.Value is not null && entry.Key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
                && !settings.Any(setting => IsOf(setting, entry.Key)))
            .Select(entry => entry.Key).Order(StringComparer.Ordinal)
            .Select(key => $"{key} is no setting{Guess(key, settings)}");
    }

    /// <summary>Items of a list stand below its name.</summary>
    private static bool IsOf(Setting setting, string key) =>
        key.Equals(setting.Key, StringComparison.OrdinalIgnoreCase)
        || (setting.Type != typeof(string) && setting.Type.IsAssignableTo(typeof(IEnumerable))
            && key.StartsWith($"{setting.Key}:", StringComparison.OrdinalIgnoreCase));

    private static string Guess(string key, IEnumerable<Setting> settings) =>
        settings.Select(setting => (
                setting.Key, Slips: Distance(key.ToUpperInvariant(), setting.Key.ToUpperInvariant())))
            .MinBy(one => one.Slips) is { Slips: <= SlipMax } near ? $"; did you mean {near.Key}?" : string.Empty;

    /// <summary>Letters that have to be put in, left out or replaced (Levenshtein).</summary>
    private static int Distance(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var (corner, left) = (row[0], row[0] = i);
            for (var j = 1; j <= other.Length; j++)
            {
                left = Math.Min(Math.Min(left, row[j]) + 1, corner + (one[i - 1] == other[j - 1] ? 0 : 1));
                (corner, row[j]) = (row[j], left);
            }
        }

        return row[^1];
    }
}
