namespace GridMesh.Load.Products;

/// <summary>A folder for one run, gone with it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("gridmesh-load-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
