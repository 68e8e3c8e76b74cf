namespace GridMesh.Grains.Tests.Wire;

/// <summary>The listing that is checked in, and the verb <c>./dev wire</c> that rewrites it.</summary>
internal static class WireFile
{
    private const string Usage = "./dev wire [--break \"reason\"]";

    public static string Path { get; } = System.IO.Path.Combine(Root(), "tests", "Golden", "wire.txt");

    public static WireListing Read() => WireListing.Parse(File.Exists(Path) ? File.ReadAllText(Path) : "");

    /// <summary>Exit codes: 0 written or nothing to write, 1 refused because of a break, 2 not understood.</summary>
    public static int Run(string[] arguments, TextWriter output)
    {
        if (arguments is not ([] or ["--break", { Length: > 0 }]))
        {
            output.WriteLine(Usage);
            return 2;
        }

        var (text, code) = Rewrite(Read(), WireContract.Read(), arguments.ElementAtOrDefault(1), output);
        if (text is not null)
            File.WriteAllText(Path, text);

        return code;
    }

    /// <summary>The text to write, or null when a break has no reason.</summary>
    public static (string? Text, int Code) Rewrite(
        WireListing before, WireListing after, string? reason, TextWriter output)
    {
        var (breaks, additions) = WireComparer.Compare(before, after);
        foreach (var sentence in breaks.Select(sentence => $"Break: {sentence}").Concat(additions))
            output.WriteLine(sentence);

        if (breaks.Length > 0 && string.IsNullOrWhiteSpace(reason))
        {
            output.WriteLine("Nothing was written. A break cannot be rolled out: see docs/decisions/0010-rolling-upgrades.md for the way in two");
            output.WriteLine(
                $"releases. If the whole cluster is to be stopped for it, say why, and tell the operators: {Usage}");
            return (null, 1);
        }

        var notes = breaks.Length > 0 ? before.Breaks.Add(reason!.ReplaceLineEndings(" ").Trim()) : before.Breaks;
        return ((after with { Breaks = notes }).ToString(), 0);
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(System.IO.Path.Combine(folder, "GridMesh.sln")))
            folder = System.IO.Path.GetDirectoryName(folder)
                ?? throw new InvalidOperationException("GridMesh.sln was not found above the tests");

        return folder;
    }
}
