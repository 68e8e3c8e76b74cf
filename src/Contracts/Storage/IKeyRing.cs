namespace GridMesh.Contracts.Storage;

/// <summary>Keys that all gateways share, sealed where there is a key to seal them with.</summary>
public interface IKeyRing
{
    /// <summary>In the order in which they were added.</summary>
    ValueTask<IReadOnlyList<string>> ListAsync(CancellationToken cancellation = default);

    /// <summary>Adds a key; of two processes that made one at a time the first counts.</summary>
    /// <param name="known">How many the caller has seen.</param>
    /// <returns>False where there are more by now.</returns>
    ValueTask<bool> AddAsync(string key, int known, CancellationToken cancellation = default);
}
