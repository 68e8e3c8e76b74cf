using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace GridMesh.Deploy.Tests;

public sealed partial class ImageTests
{
    public static TheoryData<string> Images =>
        [.. Repository.Below("deploy/container").Where(file => file.EndsWith("Dockerfile", StringComparison.Ordinal))];

    [Theory(DisplayName = "[DP8] an image is built in stages, and its last stage only copies what was built"), MemberData(nameof(Images))]
    public void IsMultiStage(string file)
    {
        var stages = Stages(Repository.Read(file));
        stages.Count.ShouldBeGreaterThanOrEqualTo(2);
        var last = stages[^1];
        last.Where(line => line.StartsWith("COPY ", StringComparison.Ordinal))
            .ShouldAllBe(line => line.Contains("--from="));
        last.ShouldNotContain(
            line => line.StartsWith("RUN ", StringComparison.Ordinal)
            || line.StartsWith("ADD ", StringComparison.Ordinal));
        last[^1].ShouldStartWith("ENTRYPOINT [", customMessage: "a shell would keep SIGTERM from the program");
    }

    [Theory(DisplayName = "[DP8] an image runs as the numeric user of its base, not as root"), MemberData(nameof(Images))]
    public void User(string file) => Stages(Repository.Read(file))[^1]
        .Last(line => line.StartsWith("USER ", StringComparison.Ordinal)).ShouldBe("USER $APP_UID");

    [Theory(DisplayName = "[DP8] an image listens on the port of its pods and needs no diagnostics socket"), MemberData(nameof(Images))]
    public void Environment(string file)
    {
        var last = string.Join('\n', Stages(Repository.Read(file))[^1]);
        last.ShouldContain("ASPNETCORE_URLS=http://0.0.0.0:5080");
        last.ShouldContain("DOTNET_EnableDiagnostics=0");
        last.ShouldContain("EXPOSE 5080");
    }

    [Theory(DisplayName = "[DP8] an image restores every project that it needs before the sources come"), MemberData(nameof(Images))]
    public void Restored(string file)
    {
        var build = Stages(Repository.Read(file))[^2];
        var copied = build.TakeWhile(line => line != "COPY src src").SelectMany(line => Project().Matches(line))
            .Select(match => match.Value).ToList();
        copied.ShouldBe(Needed("Silo"), ignoreOrder: true);
        build.FindIndex(line => line.StartsWith("RUN dotnet restore", StringComparison.Ordinal))
            .ShouldBeLessThan(build.IndexOf("COPY src src"));
    }

    [Theory(DisplayName = "[DP8] what an image copies from the repository is there, and the builder may see it"), MemberData(nameof(Images))]
    public void Context(string file)
    {
        var ignored = Repository.Lines(".dockerignore");
        ignored.First(line => line[0] != '#').ShouldBe("*");
        var sources = Stages(Repository.Read(file)).SelectMany(stage => stage)
            .Where(
                line => line.StartsWith("COPY ", StringComparison.Ordinal)
                && !line.Contains("--from=", StringComparison.Ordinal))
            .SelectMany(line => line.Split(' ')[1..^1]).ToList();
        sources.Where(source => !Path.Exists(Path.Combine(Repository.Root, source))).ShouldBeEmpty();
        sources.Select(source => source.Split('/')[0]).Distinct()
            .Except(ignored.Where(line => line[0] == '!').Select(line => line[1..]))
            .ShouldBeEmpty("kept out by .dockerignore");
    }

    /// <summary>The instructions of each stage, continued lines joined.</summary>
    private static List<List<string>> Stages(string dockerfile)
    {
        var stages = new List<List<string>>();
        foreach (var line in Continued().Replace(dockerfile, " ").Split('\n')
            .Where(line => line.Length > 0 && line[0] != '#'))
        {
            if (line.StartsWith("FROM ", StringComparison.Ordinal))
                stages.Add([]);

            stages.LastOrDefault()?.Add(line);
        }

        return stages;
    }

    /// <summary>A project and those that it references, as paths.</summary>
    private static HashSet<string> Needed(string project)
    {
        var file = $"src/{project}/{project}.csproj";
        return [file, .. XDocument.Parse(Repository.Read(file)).Descendants("ProjectReference")
            .SelectMany(reference => Needed(Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value)))];
    }

    [GeneratedRegex(@"src/\w+/\w+\.csproj")]
    private static partial Regex Project();

    [GeneratedRegex(@"\\\n\s*")]
    private static partial Regex Continued();
}
