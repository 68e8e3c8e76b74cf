namespace GridMesh.Storage.Tests.Support;

/// <summary>Where a test class has its database.</summary>
public interface IPlace : IAsyncDisposable
{
    /// <summary>Makes an empty database; skips the test where that cannot be had.</summary>
    ValueTask CreateAsync();

    void Configure(StorageOptions options);
}

public sealed class SqlitePlace : IPlace
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("gridmesh-sqlite-").FullName;

    public ValueTask CreateAsync() => ValueTask.CompletedTask;

    public void Configure(StorageOptions options) => (options.Kind, options.DataFolder) = (StorageKind.Sqlite, Folder);

    public ValueTask DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
