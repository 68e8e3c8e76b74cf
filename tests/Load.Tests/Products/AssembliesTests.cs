using GridMesh.Load.Products;

namespace GridMesh.Load.Tests.Products;

public sealed class AssembliesTests
{
    [Fact(DisplayName = "[LO11] what is not built on Orleans is refused with the command that builds it")]
    public void Missing()
    {
        using var folder = new TemporaryFolder();

        Should.Throw<InvalidOperationException>(() => Assemblies.FindBelow(folder.Path, "embedded"))
            .Message.ShouldContain("Engine=Orleans dotnet build -c Release src/Silo and Engine=Orleans dotnet build -c Release src/Gateway");
        Build(folder, "Silo", "debug");
        Should.Throw<InvalidOperationException>(() => Assemblies.FindBelow(folder.Path, "embedded"))
            .Message.ShouldNotContain("src/Silo");
    }

    [Fact(DisplayName = "[LO11] a release build is preferred to a debug one")]
    public void Found()
    {
        using var folder = new TemporaryFolder();
        var gateway = Build(folder, "Gateway", "debug");
        Build(folder, "Silo", "debug");
        var silo = Build(folder, "Silo", "release");

        Assemblies.FindBelow(folder.Path, "embedded").ShouldBe(new Assemblies("embedded", silo, gateway));
    }

    private static string Build(TemporaryFolder folder, string project, string configuration)
    {
        var path = Path.Combine(folder.Path, "Orleans", "bin", project, configuration);
        Directory.CreateDirectory(path);
        path = Path.Combine(path, $"GridMesh.{project}.dll");
        File.WriteAllText(path, "");
        return path;
    }
}
