using GridMesh.Contracts.Directory;

namespace GridMesh.Gateway.Directory;

/// <summary>What this process goes by.</summary>
/// <param name="Version">Null for what was never stored.</param>
/// <param name="Waiting">Kinds of entries that are others in that version, and wait for a restart.</param>
internal sealed record DirectoryInForce(
    DirectoryView View, DirectoryVersion? Version, ImmutableArray<string> Waiting)
{
    public static DirectoryInForce Nothing { get; } = new(DirectoryView.Empty, null, []);
}

/// <summary>The directory in force in this process; swapped whole, so every question sees one version.</summary>
internal sealed class LiveDirectory : IDirectory
{
    private readonly Lock _taking = new();
    private volatile DirectoryInForce _now = DirectoryInForce.Nothing;

    public DirectoryView Current => _now.View;

    public DirectoryInForce Now => _now;

    /// <summary>Begins with a directory that no store knows.</summary>
    public void Replace(DirectoryData data) => _now = new DirectoryInForce(new DirectoryView(data), null, []);

    /// <summary>
    /// Takes a version: the first one whole, of a later one what may change while everything runs. Null, and nothing
    /// changes, when this version or a later one is in force.
    /// </summary>
    public DirectoryInForce? Take(StoredDirectory stored)
    {
        lock (_taking)
        {
            var now = _now;
            if (stored.Version.Number <= now.View.Version)
            {
                return null;
            }

            var (data, waiting) = now.View.Areas.Count == 0
                ? (stored.Data, [])
                : DirectoryMerge.Of(now.View.Data, stored.Data);
            return _now = new DirectoryInForce(
                new DirectoryView(data, stored.Version.Number), stored.Version, waiting);
        }
    }
}
