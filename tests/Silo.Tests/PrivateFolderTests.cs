using GridMesh.Product.Fixture;
using GridMesh.Silo.Fixture;

namespace GridMesh.Silo.Tests;

[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class PrivateFolderTests : IDisposable
{
    private const UnixFileMode Own = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const string Key = "q8Zr1uWn0LxTf7GdJ5yMvKc3SbEh9PaVtR2oXi6D";

    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"gridmesh-{Guid.NewGuid():N}");

    [Fact(DisplayName = "[ST38] the data folder and all that lies in it are its owner's alone, also what an older version left open")]
    public async Task Private()
    {
        await using (await MeshApp.StartAsync(_folder))
            AllPrivate();
        File.SetUnixFileMode(_folder, (UnixFileMode)0b111_101_101);
        foreach (var file in Directory.GetFiles(_folder))
            File.SetUnixFileMode(file, (UnixFileMode)0b110_100_100);
        await using (await MeshApp.StartAsync(_folder))
            AllPrivate();
    }

    [Fact(DisplayName = "[CF5] a setting comes from a file of a folder of secrets, and a folder that is not there is told")]
    public async Task Secrets()
    {
        Directory.CreateDirectory(_folder);
        await File.WriteAllTextAsync(Path.Combine(_folder, "GridMesh__Auth__SigningKey"), Key + "\n");
        string[] check = [
            "check-config", "--set", "GridMesh:Auth:Audience=gridmesh", "--environment", "Production", "--data",
            Path.Combine(_folder, "data"), "--set"];
        var (found, said) = await SiloProcess.RunAsync([.. check, $"GridMesh:Secrets={_folder}"]);
        found.ShouldBe(0, said);
        said.ShouldNotContain(Key);
        var (missing, why) = await SiloProcess.RunAsync([.. check, $"GridMesh:Secrets={_folder}/nowhere"]);
        missing.ShouldBe(2);
        why.ShouldContain("GridMesh:Secrets: there is no folder");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void AllPrivate()
    {
        File.GetUnixFileMode(_folder).ShouldBe(Own | UnixFileMode.UserExecute);
        var files = Directory.GetFiles(_folder, "*", SearchOption.AllDirectories);
        files.ShouldNotBeEmpty();
        foreach (var file in files)
            File.GetUnixFileMode(file).ShouldBe(Own, file);
        foreach (var folder in Directory.GetDirectories(_folder, "*", SearchOption.AllDirectories))
            File.GetUnixFileMode(folder).ShouldBe(Own | UnixFileMode.UserExecute, folder);
    }
}
