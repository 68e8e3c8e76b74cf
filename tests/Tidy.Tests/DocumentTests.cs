using System.Text.RegularExpressions;

namespace GridMesh.Tidy.Tests;

public sealed partial class DocumentTests
{
    private static readonly string[] s_documents =
        [.. Repository.Files.Where(file => file.EndsWith(".md", StringComparison.Ordinal))];

    [Fact(DisplayName = "[TD6] every file that a document names exists")]
    public void Paths()
    {
        var missing = new List<string>();
        foreach (var document in s_documents)
        {
            foreach (Match match in Path().Matches(Repository.Read(document)))
            {
                var path = match.Groups["name"].Value.TrimEnd('/');
                if (!Repository.Files.Any(
                    file => file == path || file.StartsWith(path + "/", StringComparison.Ordinal)))
                    missing.Add($"{document}: {path}");
            }
        }

        missing.ShouldBeEmpty();
    }

    [Fact(DisplayName = "[TD6] every class that the README and the architecture name exists")]
    public void Classes()
    {
        var source = string.Join('\n', Repository.Files.Where(file => file.StartsWith("src/", StringComparison.Ordinal)
            && (file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".ts", StringComparison.Ordinal)))
                .Select(Repository.Read));
        var missing = new List<string>();
        foreach (var document in new[] { "README.md", "README.zh-CN.md", "docs/architecture.md" })
        {
            missing.AddRange(
                Class().Matches(Repository.Read(document)).Select(match => match.Groups["name"].Value).Distinct()
                .Where(name => !Regex.IsMatch(source, $@"\b{name}\b")).Select(name => $"{document}: {name}"));
        }

        missing.ShouldBeEmpty();
    }

    [Fact(DisplayName = "[TD6] links between documents lead somewhere, to a heading too")]
    public void Links()
    {
        var missing = new List<string>();
        foreach (var document in s_documents)
        {
            var folder = System.IO.Path.GetDirectoryName(document)!;
            foreach (Match match in Link().Matches(Repository.Read(document)))
            {
                var target = match.Groups["name"].Value;
                if (!target.Contains("://", StringComparison.Ordinal) && !Leads(document, folder, target.Split('#')))
                    missing.Add($"{document}: {target}");
            }
        }

        missing.ShouldBeEmpty();
    }

    /// <param name="target">A path from the document's folder, empty for the document itself, and a heading.</param>
    private static bool Leads(string document, string folder, string[] target)
    {
        var path = System.IO.Path.Combine(
            Repository.Root, target[0].Length > 0 ? System.IO.Path.Combine(folder, target[0]) : document);
        return System.IO.Path.Exists(path) && (target.Length == 1
            || Heading().Matches(File.ReadAllText(path)).Any(match => Anchor(match.Groups["text"].Value) == target[1]));
    }

    /// <summary>The name that a heading has in links: lower-case letters, digits, and dashes for blanks.</summary>
    private static string Anchor(string heading) =>
        string.Concat(heading.Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_'))
        .ToLowerInvariant().Replace(' ', '-');

    [GeneratedRegex("^#+ (?<text>.+?)\\r?$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    /// <summary>Paths in code spans that begin with one of our folders and hold no placeholder.</summary>
    [GeneratedRegex(@"`(?<name>(?:src|tests|load|bench|docs|deploy|\.ci)/[\w./-]+)`")]
    private static partial Regex Path();

    /// <summary>Code spans with a name of two or more capitals' words, as our classes have.</summary>
    [GeneratedRegex(@"`(?<name>I?[A-Z][a-z]+(?:[A-Z][a-z]+)+)`")]
    private static partial Regex Class();

    [GeneratedRegex(@"\]\((?<name>[^)\s]+)\)")]
    private static partial Regex Link();
}
