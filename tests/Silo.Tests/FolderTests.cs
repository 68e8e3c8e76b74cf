using GridMesh.Product.Fixture;
using GridMesh.Silo.Fixture;

namespace GridMesh.Silo.Tests;

/// <summary>A data folder of SQLite.</summary>
public sealed class FolderTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"gridmesh-{Guid.NewGuid():N}");

    [Fact(DisplayName = "[ST24] a data folder that another process holds is refused in one plain message")]
    public async Task FolderIsHeld()
    {
        await using var app = await MeshApp.StartAsync(_folder);
        var (verify, said) = await SiloProcess.RunAsync("verify", "--data", _folder);
        verify.ShouldBe(1);
        said.ShouldContain("is in use by another process");
        said.ShouldNotContain("   at ");
        var (serve, told) = await SiloProcess.RunAsync(
            "serve", "--data", _folder, "--urls", "http://127.0.0.1:0",
            "--set", "GridMesh:Auth:SigningKey=Jw3nq0ZcT8yLr5XvB1mKd7PfHs2GaUeQ", "--set",
            "GridMesh:Auth:Audience=gridmesh");
        serve.ShouldBe(1);
        told.ShouldContain("is in use by another process");
        told.ShouldNotContain("   at ");
    }

    public void Dispose()
    {
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }
}
