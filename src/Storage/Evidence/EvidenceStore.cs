using GridMesh.Contracts.Storage;
using GridMesh.Storage.Databases;

namespace GridMesh.Storage.Evidence;

/// <summary>Photos in a table of their own, by hash.</summary>
internal sealed class EvidenceStore(Database database) : IEvidenceStore
{
    private const string ThumbnailType = "image/jpeg";

    public async ValueTask PutAsync(StoredPhoto photo, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(photo);
        StorableText.Check(photo.Hash, photo.MediaType);
        await database.WriteAsync(
            connection => connection.Run(
                "INSERT INTO evidence (hash, media_type, bytes, thumbnail) VALUES (@hash, @type, @bytes, @thumbnail)"
                + " ON CONFLICT (hash) DO UPDATE SET claims = evidence.claims + 1",
                ("hash", photo.Hash), ("type", photo.MediaType), ("bytes", photo.Bytes),
                ("thumbnail", photo.Thumbnail)),
            cancellation);
    }

    public async ValueTask ReleaseAsync(string hash, CancellationToken cancellation = default)
    {
        StorableText.Check(hash);
        await database.WriteAsync(
            connection =>
            {
                connection.Run("UPDATE evidence SET claims = claims - 1 WHERE hash = @hash", ("hash", hash));
                connection.Run("DELETE FROM evidence WHERE hash = @hash AND claims <= 0", ("hash", hash));
            },
            cancellation);
    }

    public async ValueTask<(string MediaType, byte[] Bytes)?> FindAsync(
        string hash, bool thumbnail, CancellationToken cancellation = default)
    {
        StorableText.Check(hash);
        var found = await database.ListAsync(
            $"SELECT media_type, {(thumbnail ? "thumbnail" : "bytes")} FROM evidence WHERE hash = @hash",
            row => (Type: thumbnail ? ThumbnailType : row.GetString(0), Bytes: row.Bytes(1)), cancellation,
            ("hash", hash));
        return found.Count == 0 ? null : found[0];
    }
}
