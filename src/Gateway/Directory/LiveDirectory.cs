using System.Collections.Frozen;
using GridMesh.Contracts.Directory;

namespace GridMesh.Gateway.Directory;

/// <summary>What this process goes by.</summary>
/// <param name="Version">Null for what was never stored.</param>
/// <param name="Waiting">Kinds of entries that are others in that version, and wait for a restart.</param>
/// <param name="Gone">People whom that version no longer has, though they live on until then.</param>
internal sealed record DirectoryInForce(
    DirectoryView View, DirectoryVersion? Version, ImmutableArray<string> Waiting, FrozenSet<string> Gone)
{
    public static DirectoryInForce Nothing { get; } = new(DirectoryView.Empty, null, [], []);
}

/// <summary>The directory in force in this process; swapped whole, so every question sees one version.</summary>
internal sealed class LiveDirectory : IDirectory
{
    private readonly Lock _taking = new();
    private volatile DirectoryInForce _now = DirectoryInForce.Nothing;

    public DirectoryView Current => _now.View;

    public DirectoryInForce Now => _now;

    /// <inheritdoc/>
    public bool Has(string person)
    {
        var now = _now;
        return now.View.Departments.ContainsKey(person)
            || (now.View.Workers.ContainsKey(person) && !now.Gone.Contains(person));
    }

    /// <summary>Begins with a directory that no store knows.</summary>
    public void Replace(DirectoryData data) => _now = new DirectoryInForce(new DirectoryView(data), null, [], []);

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
                return null;

            var (data, waiting) = now.View.Areas.Count == 0
                ? (stored.Data, [])
                : DirectoryMerge.Of(now.View.Data, stored.Data);
            return _now = new DirectoryInForce(
                new DirectoryView(data, stored.Version.Number), stored.Version, waiting, GoneFrom(data, stored.Data));
        }
    }

    private static FrozenSet<string> GoneFrom(DirectoryData alive, DirectoryData next) =>
        alive.Workers.Select(worker => worker.Id).Except(next.Workers.Select(worker => worker.Id)).ToFrozenSet();
}
