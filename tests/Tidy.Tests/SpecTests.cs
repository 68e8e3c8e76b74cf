using System.Text.RegularExpressions;

namespace GridMesh.Tidy.Tests;

public sealed partial class SpecTests
{
    /// <summary>The product's rules, and those of its tools beside them.</summary>
    private static readonly string[] s_files =
        ["SPEC.md", .. Repository.Files.Where(file => file.EndsWith("/README.md", StringComparison.Ordinal))];

    [Fact(DisplayName = "[TD1] every rule is borne by a test")]
    public void RulesHaveTests() => Rules().Except(Cited()).ShouldBeEmpty();

    [Fact(DisplayName = "[TD1] every rule that a test names is written down")]
    public void TestsNameRules() => Cited().Except(Rules()).ShouldBeEmpty();

    [Fact(DisplayName = "[TD1] no rule has two meanings")]
    public void RulesAreUnique() =>
        Rules().GroupBy(rule => rule).Where(group => group.Count() > 1).Select(group => group.Key).ShouldBeEmpty();

    [Fact(DisplayName = "[TD1] every group has its own prefix, and its rules carry it")]
    public void PrefixesAreUnique()
    {
        var groups = s_files.SelectMany(file => Group().Split(Repository.Read(file)).Skip(1).Chunk(2)).ToList();
        groups.Select(group => group[0]).ShouldBeUnique();
        foreach (var group in groups)
            Rule().Matches(group[1]).Select(match => match.Groups["id"].Value[..2])
                .ShouldAllBe(prefix => prefix == group[0]);
    }

    private static List<string> Rules() =>
        [.. s_files.SelectMany(file => Rule().Matches(Repository.Read(file)))
            .Select(match => match.Groups["id"].Value)];

    /// <summary>Rules in the titles of C# and TypeScript tests: <c>[RU1]</c>, <c>[RU1, RU2]</c>.</summary>
    private static HashSet<string> Cited() => Repository.Files
        .Where(
            file => file.StartsWith("tests/", StringComparison.Ordinal)
            || file.EndsWith(".test.ts", StringComparison.Ordinal))
        .Where(file => file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".ts", StringComparison.Ordinal))
        .SelectMany(file => Title().Matches(Repository.Read(file)))
        .SelectMany(match => Id().Matches(match.Value)).Select(match => match.Value).ToHashSet();

    [GeneratedRegex(@"^## (?<prefix>[A-Z]{2}): ", RegexOptions.Multiline)]
    private static partial Regex Group();

    [GeneratedRegex(@"^- \*\*(?<id>[A-Z]{2}\d+)\*\* ", RegexOptions.Multiline)]
    private static partial Regex Rule();

    [GeneratedRegex(@"[""'`]\[[A-Z]{2}\d+(?:, ?[A-Z]{2}\d+)*\]")]
    private static partial Regex Title();

    [GeneratedRegex(@"[A-Z]{2}\d+")]
    private static partial Regex Id();
}
