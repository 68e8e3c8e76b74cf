using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Storage;
using GridMesh.Exchange.Evidence;
using GridMesh.Gateway.Evidence;

namespace GridMesh.Silo.Evidence;

/// <summary>
/// Hands out the photos that the journal names, one at a time. One that is not there, or not what it was, is left out
/// and told: the rest of the district still moves.
/// </summary>
internal sealed class EvidenceExport(IEvidenceStore store, NamedPhotos named)
{
    public int Photos { get; private set; }

    public ShortList Warnings { get; } = new("张照片未导出 more photos were left out");

    /// <summary>To be asked once the journal has passed: a photo is on disk before a fact names it.</summary>
    public async IAsyncEnumerable<PackagePhoto> ReadAsync()
    {
        foreach (var (hash, incident) in named.Cases)
        {
            if (await store.FindAsync(hash, thumbnail: false) is not { } found)
            {
                Warnings.Add($"photo {hash} of case {incident} is not in the database 数据库中没有该照片");
            }
            else if (Photo.HashOf(found.Bytes) != hash
                || PhotoFormat.MediaTypeOf(found.Bytes) is not { } mediaType)
            {
                Warnings.Add($"photo {hash} of case {incident} is damaged in the database 数据库中的照片已损坏");
            }
            else
            {
                Photos++;
                yield return new PackagePhoto(hash, mediaType, found.Bytes);
            }
        }
    }
}
