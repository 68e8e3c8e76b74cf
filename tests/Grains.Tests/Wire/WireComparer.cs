namespace GridMesh.Grains.Tests.Wire;

/// <summary>What a rolling upgrade cannot bear, and what it can but the listing does not have yet; sentences.</summary>
internal sealed record WireDifference(ImmutableArray<string> Breaks, ImmutableArray<string> Additions);

/// <summary>
/// Compares the listing of the version before with the one of the code. Names stay, numbers stay, types stay; what is
/// new may be absent. A renamed member is a break as well: nobody can tell it from another member under the same
/// number.
/// </summary>
internal sealed class WireComparer
{
    /// <summary>Their zero says "nothing", so an older writer may leave them out.</summary>
    private static readonly ImmutableHashSet<string> s_zeroes = ["bool", "int", "long", "double"];

    /// <summary>Kinds whose items are members with values.</summary>
    private static readonly ImmutableHashSet<string> s_written =
        ["record", "struct", "abstract", "exception", "fact", "state", "json"];

    private readonly List<string> _breaks = [];
    private readonly List<string> _additions = [];

    private WireComparer()
    {
    }

    public static WireDifference Compare(WireListing before, WireListing after)
    {
        var comparer = new WireComparer();
        foreach (var old in before.Entries)
        {
            if (after.Find(old.Title) is { } now)
                comparer.Compare(old, now);
            else
                comparer._breaks.Add($"{old.Title} is gone or has another name: {Loss(old.Kind)}.");
        }

        comparer._additions.AddRange(
            after.Entries.Where(now => before.Find(now.Title) is null)
                .Select(now => $"{now.Title} is new{Advice(now.Kind)}."));
        return new WireDifference([.. comparer._breaks], [.. comparer._additions]);
    }

    private void Compare(WireEntry old, WireEntry now)
    {
        // A state is told by its name, whatever its type is called: only its JSON is kept.
        if (old.Base != now.Base && old.Kind != "state")
        {
            var gainsOnly = old.Kind is "interface" or "grain" && !Names(old.Base).Except(Names(now.Base)).Any();
            (gainsOnly ? _additions : _breaks)
                .Add($"{old.Title} was based on '{old.Base}' and is now on '{now.Base}'.");
        }

        foreach (var item in old.Items)
        {
            var match = now.Items.FirstOrDefault(other => IsSame(old.Kind, item, other));
            if (match is null)
                _breaks.Add($"{old.Title} lost {Item(item)}: {Loss(old.Kind)}.");
            else if (match.Value != item.Value)
                Changed(old, item, match);
        }

        foreach (var item in now.Items.Where(item => !old.Items.Any(other => IsSame(now.Kind, item, other))))
            Added(now, item);
    }

    private void Changed(WireEntry entry, WireItem old, WireItem now)
    {
        var sentence = $"{entry.Title} had {Item(old)} and now has {Item(now)}";
        if (entry.Kind != "interface")
        {
            _breaks.Add($"{sentence}: the other version reads one for the other.");
            return;
        }

        var (before, after) = (Signature.Parse(old.Value), Signature.Parse(now.Value));
        if (before.Result != after.Result
            || !after.Parameters.Take(before.Parameters.Length).SequenceEqual(before.Parameters))
            _breaks.Add($"{sentence}: the other version calls it as it knows it.");
        else if (after.Parameters.Skip(before.Parameters.Length)
            .Where(parameter => !MayBeAbsent(parameter.Split(' ')[0])).ToList() is { Count: > 0 } strict)
            _breaks.Add(
                $"{sentence}: an older caller does not send '{string.Join(", ", strict)}', so it has to be nullable.");
        else
            _additions.Add($"{sentence}; an older version goes on as before.");
    }

    private void Added(WireEntry entry, WireItem item)
    {
        var type = entry.Kind is "fact" or "state" or "json" ? item.Value : item.Value.Split(' ')[^1];
        if (s_written.Contains(entry.Kind) && !MayBeAbsent(type))
            _breaks.Add(
                $"{entry.Title} gained {Item(item)}: an older version does not write it, so it has to be nullable.");
        else
            _additions.Add($"{entry.Title} gained {Item(item)}{Advice(entry.Kind)}.");
    }

    /// <summary>A grain may subscribe to several streams; everything else has one item of a key.</summary>
    private static bool IsSame(string kind, WireItem item, WireItem other) =>
        kind == "grain" ? item == other : item.Key == other.Key;

    private static bool MayBeAbsent(string type) => type.EndsWith('?') || s_zeroes.Contains(type);

    private static string Item(WireItem item) => $"'{item.Key} {item.Value}'";

    private static string[] Names(string bases) => bases.Split(", ", StringSplitOptions.RemoveEmptyEntries);

    private static string Loss(string kind) => kind switch
    {
        "interface" or "grain" => "the other version still calls it",
        "stream" => "the other version still listens to it or writes to it",
        "fact" or "state" or "json" or "reminder" => "it is stored, and stays to be read",
        "counts" => "the other version still adds it up",
        _ => "the other version still sends it",
    };

    private static string Advice(string kind) => kind switch
    {
        "enum" or "fact" or "grain" or "interface" or "stream" =>
            "; an older version cannot read or serve it, so nothing may use it before every process knows it",
        _ => "",
    };

    private sealed record Signature(string[] Parameters, string Result)
    {
        /// <summary>Reads "(A a, B b) -> R [Mark]"; marks only say how new callers call.</summary>
        public static Signature Parse(string text)
        {
            var arrow = text.IndexOf(") -> ", StringComparison.Ordinal);
            return new(
                text[1..arrow].Split(", ", StringSplitOptions.RemoveEmptyEntries), text[(arrow + 5)..].Split(' ')[0]);
        }
    }
}
