using System.Text.RegularExpressions;

namespace GridMesh.Tidy.Tests;

/// <summary>Compares what has no language: nothing else shows that one of two documents went stale.</summary>
public sealed partial class TranslationTests
{
    private const string Mark = ".zh-CN.md";

    public static TheoryData<string> Documents { get; } =
        [.. Repository.Files.Where(file => file.EndsWith(Mark, StringComparison.Ordinal))];

    [Theory(DisplayName = "[TD9] a Chinese document has the headings, links, code and numbers of the English one")]
    [MemberData(nameof(Documents))]
    public void Same(string chinese)
    {
        var (there, here) = (Repository.Read(English(chinese)), Repository.Read(chinese));
        Heading().Matches(here).Select(Level).ShouldBe(Heading().Matches(there).Select(Level), "levels of headings");
        CodeOf(here).ShouldBe(CodeOf(there), "blocks of code without their comments");
        (there, here) = (Block().Replace(there, string.Empty), Block().Replace(here, string.Empty));
        SpansOf(here).ShouldBe(SpansOf(there), ignoreOrder: true, "names in code");
        TargetsOf(here).ShouldBe(TargetsOf(there), ignoreOrder: true, "links");
        NumbersOf(here).ShouldBe(NumbersOf(there), ignoreOrder: true, "numbers");
    }

    [Theory(DisplayName = "[TD9] a Chinese document links to Chinese ones where there are any, and to its English one first")]
    [MemberData(nameof(Documents))]
    public void StaysChinese(string chinese)
    {
        var folder = Path.GetDirectoryName(chinese)!;
        var links = Target().Matches(Repository.Read(chinese)).Select(match => match.Groups["name"].Value.Split('#')[0])
            .ToList();
        links[0].ShouldBe(Path.GetFileName(English(chinese)));
        links.Skip(1).Where(
            link => link.EndsWith(".md", StringComparison.Ordinal) && !link.EndsWith(Mark, StringComparison.Ordinal)
            && File.Exists(Path.Combine(Repository.Root, folder, link[..^3] + Mark))).ShouldBeEmpty();
        Target().Match(Repository.Read(English(chinese))).Groups["name"].Value.ShouldBe(Path.GetFileName(chinese));
    }

    private static string English(string chinese) => chinese[..^Mark.Length] + ".md";

    private static int Level(Match heading) => heading.Groups["level"].Length;

    private static IEnumerable<string> CodeOf(string text) => Block().Matches(text)
        .SelectMany(block => block.Value.Split('\n')).Select(line => Comment().Replace(line, string.Empty));

    private static List<string> SpansOf(string text) => [.. Span().Matches(text).Select(match => match.Value)];

    private static List<string> TargetsOf(string text) => [.. Target().Matches(text)
        .Select(match => match.Groups["name"].Value.Split('#')[0].Replace(Mark, ".md", StringComparison.Ordinal))];

    private static List<string> NumbersOf(string text) => [.. Number()
        .Matches(Target().Replace(Span().Replace(text, string.Empty), string.Empty)).Select(match => match.Value)];

    [GeneratedRegex("^(?<level>#+) ", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex("^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"\s+(?:#|//).*")]
    private static partial Regex Comment();

    [GeneratedRegex("`[^`]+`")]
    private static partial Regex Span();

    [GeneratedRegex(@"\]\((?<name>[^)\s]+)\)")]
    private static partial Regex Target();

    [GeneratedRegex(@"\d(?:[\d,.]*\d)?")]
    private static partial Regex Number();
}
