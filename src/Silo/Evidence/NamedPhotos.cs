using System.Runtime.CompilerServices;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Storage;
using GridMesh.Grains.Incidents;

namespace GridMesh.Silo.Evidence;

/// <summary>The photos that facts name, noted while the facts pass by.</summary>
internal sealed class NamedPhotos
{
    private readonly Dictionary<string, string> _cases = [];

    /// <summary>Hashes, each with the first case that names it.</summary>
    public IReadOnlyDictionary<string, string> Cases => _cases;

    /// <summary>The same facts.</summary>
    public async IAsyncEnumerable<JournalRecord> WatchAsync(
        IAsyncEnumerable<JournalRecord> records, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await foreach (var record in records.WithCancellation(cancellation))
        {
            if (record.Type == nameof(PhotoAdded) && IncidentHistory.Decode(record) is PhotoAdded added)
            {
                _cases.TryAdd(added.Photo.Hash, record.Stream);
            }

            yield return record;
        }
    }
}
