using System.Runtime.CompilerServices;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Storage;
using GridMesh.Grains.Incidents;

namespace GridMesh.Silo.Evidence;

/// <summary>The photos that facts name, noted while the facts pass by.</summary>
internal sealed class NamedPhotos
{
    private readonly Dictionary<string, List<string>> _cases = [];
    private readonly Dictionary<string, int> _named = [];

    /// <summary>Hashes, each with the first case that names it.</summary>
    public IReadOnlyDictionary<string, string> Cases => _cases.Where(photo => photo.Value.Count > 0)
        .ToDictionary(photo => photo.Key, photo => photo.Value[0]);

    /// <summary>
    /// How often facts name a photo that a case still has: those that an erasure takes back count, as it does.
    /// </summary>
    public int CountOf(string hash) =>
        _cases.GetValueOrDefault(hash) is { Count: > 0 } ? _named[hash] : 0;

    /// <summary>The same facts.</summary>
    public async IAsyncEnumerable<JournalRecord> WatchAsync(
        IAsyncEnumerable<JournalRecord> records, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await foreach (var record in records.WithCancellation(cancellation))
        {
            if (record.Type == nameof(PhotoAdded) && IncidentHistory.Decode(record) is PhotoAdded added)
            {
                if (!_cases.TryGetValue(added.Photo.Hash, out var cases))
                    _cases[added.Photo.Hash] = cases = [];

                cases.Add(record.Stream);
                _named[added.Photo.Hash] = _named.GetValueOrDefault(added.Photo.Hash) + 1;
            }
            else if (record.Type == nameof(CaseErased) && IncidentHistory.Decode(record) is CaseErased erased)
            {
                foreach (var hash in erased.Photos)
                    _cases.GetValueOrDefault(hash)?.Remove(record.Stream);
            }

            yield return record;
        }
    }
}
