namespace GridMesh.Contracts.Storage;

/// <param name="Thumbnail">A small JPEG of it.</param>
public sealed record StoredPhoto(string Hash, string MediaType, byte[] Bytes, byte[] Thumbnail);

/// <summary>Photos by the hash of their content. What is there is never changed and never written twice.</summary>
public interface IEvidenceStore
{
    /// <summary>Durable when it answers; the same content again is no error, and one more claim to it.</summary>
    ValueTask PutAsync(StoredPhoto photo, CancellationToken cancellation = default);

    /// <summary>Takes the claim of a put back: what nobody else has put is gone.</summary>
    ValueTask ReleaseAsync(string hash, CancellationToken cancellation = default);

    /// <summary>The bytes with their media type, or null where no such content is.</summary>
    ValueTask<(string MediaType, byte[] Bytes)?> FindAsync(
        string hash, bool thumbnail, CancellationToken cancellation = default);
}
