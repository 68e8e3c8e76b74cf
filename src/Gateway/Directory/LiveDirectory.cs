using GridMesh.Contracts.Directory;

namespace GridMesh.Gateway.Directory;

/// <summary>The directory in force in this process.</summary>
internal sealed class LiveDirectory : IDirectory
{
    private volatile DirectoryView _current = DirectoryView.Empty;

    public DirectoryView Current => _current;

    public void Replace(DirectoryData data) => _current = new DirectoryView(data);
}
