namespace GridMesh.Grains.Tests.Wire;

/// <summary>
/// One line of the listing below a name: a member by its id, a method by its alias, an enum value by its number.
/// </summary>
internal sealed record WireItem(string Key, string Value);

/// <summary>One name that other processes know, what it is derived from, and what belongs to it.</summary>
internal sealed record WireEntry(string Kind, string Name, string Base, ImmutableArray<WireItem> Items)
{
    public string Title => $"{Kind} {Name}";

    public static WireEntry Of(string kind, string name, string @base, IEnumerable<WireItem> items) =>
        new(kind, name, @base, [.. items]);
}

/// <summary>
/// Everything that processes say to each other or leave for each other, as a text that a diff shows well.
/// </summary>
internal sealed record WireListing(ImmutableArray<string> Breaks, ImmutableArray<WireEntry> Entries)
{
    private const string BreakMark = "# Break: ";

    private const string Head = """
        # What processes of two versions say to each other, and what one leaves for the other to read.
        # Written by ./dev wire, never by hand; the rules are in docs/decisions/0010-rolling-upgrades.md.
        # A break below could not be rolled out: the whole cluster was stopped for it.
        """;

    public WireEntry? Find(string title) => Entries.FirstOrDefault(entry => entry.Title == title);

    public static WireListing Parse(string text)
    {
        var breaks = ImmutableArray.CreateBuilder<string>();
        var entries = ImmutableArray.CreateBuilder<WireEntry>();
        foreach (var line in text.Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0))
        {
            if (line.StartsWith('#'))
            {
                if (line.StartsWith(BreakMark, StringComparison.Ordinal))
                    breaks.Add(line[BreakMark.Length..]);
            }
            else if (line.StartsWith(' '))
            {
                var (key, value) = Cut(line.Trim(), " ");
                entries[^1] = entries[^1] with { Items = entries[^1].Items.Add(new WireItem(key, value)) };
            }
            else
            {
                var (title, @base) = Cut(line, " : ");
                var (kind, name) = Cut(title, " ");
                entries.Add(new WireEntry(kind, name, @base, []));
            }
        }

        return new WireListing(breaks.ToImmutable(), entries.ToImmutable());
    }

    public override string ToString()
    {
        var lines = Head.Split('\n').Concat(Breaks.Select(reason => BreakMark + reason)).ToList();
        foreach (var entry in Entries.OrderBy(entry => entry.Title, StringComparer.Ordinal))
        {
            lines.Add("");
            lines.Add(entry.Base.Length > 0 ? $"{entry.Title} : {entry.Base}" : entry.Title);
            lines.AddRange(entry.Items.Select(item => $"  {item.Key} {item.Value}".TrimEnd()));
        }

        return string.Join('\n', lines) + "\n";
    }

    private static (string Left, string Right) Cut(string text, string separator)
    {
        var at = text.IndexOf(separator, StringComparison.Ordinal);
        return at < 0 ? (text, "") : (text[..at], text[(at + separator.Length)..]);
    }
}
