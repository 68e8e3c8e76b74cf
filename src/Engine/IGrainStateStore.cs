namespace GridMesh.Engine;

/// <summary>A stored record with its version.</summary>
/// <param name="Payload">The bytes as they were written.</param>
/// <param name="Etag">The version, not empty.</param>
public sealed record StoredState(ReadOnlyMemory<byte> Payload, string Etag);

/// <summary>
/// Where the engine keeps the persistent state of grains. Without one in the services it is kept in memory.
/// </summary>
/// <remarks>A service keyed by the storage name of <c>[PersistentState]</c> goes before the unkeyed one.</remarks>
public interface IGrainStateStore
{
    /// <summary>The record, or null when there is none.</summary>
    ValueTask<StoredState?> ReadAsync(string stateName, string grainType, string key, CancellationToken ct);

    /// <summary>Writes a record durably and gives its new version.</summary>
    /// <param name="stateName">The name of the record within the grain.</param>
    /// <param name="grainType">The stable name of the grain class.</param>
    /// <param name="key">The key of the grain.</param>
    /// <param name="payload">The bytes to keep.</param>
    /// <param name="etag">The version that is to be replaced, null when there must be no record.</param>
    /// <param name="ct">Gives the attempt up.</param>
    /// <exception cref="Orleans.Storage.InconsistentStateException">The stored version is another one.</exception>
    ValueTask<string> WriteAsync(
        string stateName, string grainType, string key, ReadOnlyMemory<byte> payload, string? etag,
        CancellationToken ct);

    /// <summary>Removes a record; a missing one is no error when <paramref name="etag"/> is null.</summary>
    /// <exception cref="Orleans.Storage.InconsistentStateException">The stored version is another one.</exception>
    ValueTask ClearAsync(string stateName, string grainType, string key, string? etag, CancellationToken ct);

    /// <summary>Called last when the engine stops, for stores that gather writes.</summary>
    ValueTask FlushAsync(CancellationToken ct) => ValueTask.CompletedTask;
}
