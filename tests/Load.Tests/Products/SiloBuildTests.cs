using GridMesh.Load.Products;

namespace GridMesh.Load.Tests.Products;

public sealed class SiloBuildTests
{
    [Fact(DisplayName = "[LO11] an executable that is named is run, and one that is not there is refused by its path")]
    public void Named()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "GridMesh.Silo.dll");
        Should.Throw<InvalidOperationException>(() => SiloSetup.FindAssembly(path)).Message.ShouldContain(path);

        File.WriteAllText(path, "");
        SiloSetup.FindAssembly(path).ShouldBe(path);
    }

    [Fact(DisplayName = "[LO11] a build on Orleans is told by what lies beside it, an older one by what does not")]
    public void Engine()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "GridMesh.Silo.dll");
        File.WriteAllText(path, "");
        SiloBuild.Of(path).ShouldBe(new SiloBuild("unknown", "embedded"));

        File.Copy(typeof(IGrain).Assembly.Location, Path.Combine(folder.Path, "Orleans.Runtime.dll"));
        SiloBuild.Of(path).Engine.ShouldMatch("^Orleans [0-9]+[.][1-9][0-9]*[.][0-9]+$");
    }
}
