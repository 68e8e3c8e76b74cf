using System.Text.Json.Serialization;
using GridMesh.Gateway.Directory;

namespace GridMesh.Gateway.Rules;

/// <summary>What this process goes by.</summary>
/// <param name="Latest">The version that is stored; another than <paramref name="Version"/> for seconds only.</param>
/// <param name="WaitsForRestart">Kinds of entries that are others in the version and wait for a restart.</param>
internal sealed record RulesView(
    int Version, DateTimeOffset? SavedAt, string? By, string? What, int Latest, int Standards, int CalendarDays,
    int Rungs, int Departments, ImmutableArray<string> WaitsForRestart)
{
    public static RulesView Of(DirectoryInForce now, int latest)
    {
        var data = now.View.Data;
        return new RulesView(
            now.View.Version, now.Version?.SavedAt, now.Version?.By, now.Version?.What, latest, data.Standards.Length,
            data.Calendar.Length, data.Ladders.Length, data.Departments.Length, now.Waiting);
    }
}

/// <summary>What a new table is, beside the one before; rows by their keys.</summary>
/// <param name="Version">The version that holds it: the present one when nothing is new, or nothing was stored.</param>
internal sealed record RuleChange(
    int Version, bool DryRun, ImmutableArray<string> Added, ImmutableArray<string> Changed,
    ImmutableArray<string> Removed)
{
    [JsonIgnore]
    public bool IsNone => Added.IsEmpty && Changed.IsEmpty && Removed.IsEmpty;

    public static RuleChange Between<T>(
        IEnumerable<T> before, IEnumerable<T> after, Func<T, string> key, int version, bool dryRun)
        where T : notnull
    {
        var old = before.ToLookup(key);
        var rows = after.ToLookup(key);
        return new RuleChange(
            version, dryRun,
            [.. rows.Where(row => !old.Contains(row.Key)).Select(row => row.Key)],
            [.. rows.Where(row => old.Contains(row.Key) && !row.SequenceEqual(old[row.Key])).Select(row => row.Key)],
            [.. old.Where(row => !rows.Contains(row.Key)).Select(row => row.Key)]);
    }
}
