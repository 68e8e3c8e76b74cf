using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace GridMesh.Tidy.Tests;

public sealed partial class StructureTests
{
    private const int SourceLinesMax = 300;
    private const int TestLinesMax = 500;
    private const int ColumnsMax = 120;

    /// <summary>Who may reference whom (DESIGN "Projects").</summary>
    private static readonly Dictionary<string, string[]> s_allowed = new()
    {
        ["Contracts"] = [],
        ["Grains"] = ["Contracts"],
        ["Storage"] = ["Contracts"],
        ["Gateway"] = ["Contracts", "Exchange", "Storage"],
        ["Exchange"] = ["Contracts"],
        ["Demo"] = ["Client", "Contracts"],
        ["Client"] = [],
        ["Silo"] = ["Contracts", "Grains", "Storage", "Gateway", "Exchange", "Demo"],
    };

    [Fact(DisplayName = "[TD2] projects reference only in the directions that the design allows")]
    public void References()
    {
        foreach (var (project, allowed) in s_allowed)
        {
            var references = XDocument.Parse(Repository.Read($"src/{project}/{project}.csproj"))
                .Descendants("ProjectReference")
                .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value));
            references.Except(allowed).ShouldBeEmpty($"src/{project}");
        }

        Repository.Files.Where(file => ProjectFile().IsMatch(file)).Select(file => file.Split('/')[1])
            .Except(s_allowed.Keys).ShouldBeEmpty("a project without a rule");
    }

    [Fact(DisplayName = "[TD2] grains know no database and no web server")]
    public void GrainsAreFree() => Sources("src/Grains/")
        .Where(file => Forbidden().IsMatch(Repository.Read(file))).ShouldBeEmpty();

    [Fact(DisplayName = "[TD10] no project that ships shows its inside to another: only its tests and benchmarks see it")]
    public void Friends() => Repository.Files
        .Where(
            file => file.StartsWith("src/", StringComparison.Ordinal)
            && file.EndsWith(".csproj", StringComparison.Ordinal))
        .SelectMany(
            file => Friend().Matches(Repository.Read(file)).Select(match => $"{file}: {match.Groups["name"].Value}"))
        .Where(
            friend => !friend.EndsWith(".Tests", StringComparison.Ordinal)
            && !friend.EndsWith(".Fixture", StringComparison.Ordinal)
            && !friend.EndsWith("GridMesh.Bench", StringComparison.Ordinal))
        .ShouldBeEmpty();

    [Fact(DisplayName = "[TD3] files stay short: 300 lines, tests 500")]
    public void Sizes() => Repository.Files
        .Where(
            file => file.EndsWith(".cs", StringComparison.Ordinal)
            || (file.EndsWith(".ts", StringComparison.Ordinal) && file.StartsWith("src/", StringComparison.Ordinal)))
        .Where(file => Repository.Lines(file).Length > (IsTest(file) ? TestLinesMax : SourceLinesMax)).ShouldBeEmpty();

    [Fact(DisplayName = "[TD3] lines have at most 120 columns, but for a long text or reference in them")]
    public void Columns()
    {
        foreach (var file in Sources(""))
        {
            var isText = false;
            foreach (var (i, line) in Repository.Lines(file).Index())
            {
                var was = isText;
                isText ^= line.Split("\"\"\"").Length % 2 == 0;
                if (!was && !isText)
                    LongText().Replace(line, "").Length.ShouldBeLessThanOrEqualTo(ColumnsMax, $"{file}:{i + 1}");
            }
        }
    }

    [Fact(DisplayName = "[TD3] namespaces are the folders")]
    public void Namespaces()
    {
        foreach (var file in Sources("src/"))
        {
            var match = Namespace().Match(Repository.Read(file));
            if (match.Success)
            {
                var folders = file.Split('/')[1..^1];
                match.Groups["name"].Value.ShouldBe($"GridMesh.{string.Join('.', folders)}", file);
            }
        }
    }

    [Fact(DisplayName = "[TD3] nothing is declared in a namespace of somebody else")]
    public void OwnNamespaces() => Repository.Files.Where(file => file.EndsWith(".cs", StringComparison.Ordinal))
        .Where(file => Namespace().Match(Repository.Read(file)) is { Success: true } match
            && match.Groups["name"].Value.Split('.')[0] != "GridMesh").ShouldBeEmpty();

    [Fact(DisplayName = "[TD3] no drawer for everything: Utils, Helpers, Common, Manager")]
    public void Names() => Repository.Files
        .Where(file => Drawer().IsMatch(file))
        .ShouldBeEmpty();

    [Fact(DisplayName = "[TD4] versions are pinned: NuGet centrally, npm exactly")]
    public void Pinned()
    {
        foreach (var file in Repository.Files.Where(file => file.EndsWith(".csproj", StringComparison.Ordinal)))
        {
            XDocument.Parse(Repository.Read(file)).Descendants("PackageReference")
                .Where(reference => reference.Attribute("Version") is not null).ShouldBeEmpty(file);
        }

        XDocument.Parse(Repository.Read("Directory.Packages.props")).Descendants("PackageVersion")
            .Select(package => package.Attribute("Version")!.Value)
                .Where(version => version.Contains('*') || version.Contains('[')).ShouldBeEmpty();
        Loose().IsMatch(Repository.Read("src/Web/package.json")).ShouldBeFalse();
        Repository.Read("src/Web/package-lock.json").ShouldNotContain("\"resolved\": \"http");
    }

    [Fact(DisplayName = "[TD5] commented-out code and bare TODOs do not land")]
    public void Comments() => Sources("src/").Concat(Sources("load/"))
        .SelectMany(file => Repository.Lines(file).Select((line, i) => (Line: line, At: $"{file}:{i + 1}")))
        .Where(entry => DeadCode().IsMatch(entry.Line)).Select(entry => entry.At).ShouldBeEmpty();

    [Fact(DisplayName = "[TI1] the clock and the dice are banned for every project that ships")]
    public void Banned()
    {
        var symbols = Repository.Read("BannedSymbols.txt");
        foreach (var symbol in new[] { "System.DateTime.UtcNow", "System.DateTimeOffset.UtcNow", "System.Random.Shared",
            "Task.Delay(System.TimeSpan)" })
            symbols.ShouldContain(symbol);

        Repository.Read("Directory.Build.props").ShouldContain("Microsoft.CodeAnalysis.BannedApiAnalyzers");
        Sources("src/").Where(file => Repository.Read(file).Contains("pragma warning disable RS0030")).ShouldBeEmpty();
    }

    [Fact(DisplayName = "[IN1] names of enums are read in one place: the framework's readers take numbers and lists of names")]
    public void EnumsAreReadOnce() => Sources("src/")
        .Where(file => OtherEnumReader().IsMatch(Repository.Read(file))).ShouldBeEmpty();

    private static bool IsTest(string file) =>
        file.StartsWith("tests/", StringComparison.Ordinal) || file.EndsWith(".test.ts", StringComparison.Ordinal);

    private static IEnumerable<string> Sources(string folder) => Repository.Files
        .Where(
            file => file.StartsWith(folder, StringComparison.Ordinal)
            && file.EndsWith(".cs", StringComparison.Ordinal));

    /// <summary>A text, or a reference of the documentation, that no line has room for beside others.</summary>
    [GeneratedRegex(@"\$*""""""(?:.{60,}?)""""""|""(?:\\.|[^""\\]){60,}""|/// <[^<>]*/>")]
    private static partial Regex LongText();

    [GeneratedRegex(@"\bEnum\.(?:Try)?Parse\b|\bJsonStringEnumConverter\b")]
    private static partial Regex OtherEnumReader();

    [GeneratedRegex(@"^src/\w+/\w+\.csproj$")]
    private static partial Regex ProjectFile();

    [GeneratedRegex(@"\b(?:Npgsql|Microsoft\.Data\.Sqlite|Microsoft\.AspNetCore)\b")]
    private static partial Regex Forbidden();

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    /// <summary>"Lifetime manager" is the word of SignalR for what hands out connections.</summary>
    [GeneratedRegex(@"(?:Utils?|Helpers?|Common|(?<!Lifetime)Manager)(?:\.cs|\.ts|/)")]
    private static partial Regex Drawer();

    [GeneratedRegex(@"^\s+""[@\w/-]+"": ""[\^~><*]", RegexOptions.Multiline)]
    private static partial Regex Loose();

    [GeneratedRegex(@"^\s*//\s*(?:var|if|return|await|public|private|for|foreach|using)\b.*[;{]\s*$|\b(?:TODO|FIXME|HACK)\b")]
    private static partial Regex DeadCode();

    [GeneratedRegex("InternalsVisibleTo Include=\"(?<name>[^\"]+)\"")]
    private static partial Regex Friend();
}
