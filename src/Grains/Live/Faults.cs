using GridMesh.Contracts.Storage;
using Orleans.Runtime;

namespace GridMesh.Grains.Live;

/// <summary>
/// What the world does now and then (a store that is away, a silo that goes) is a line in the log with its reason; what
/// nobody expects comes with its stack.
/// </summary>
internal static class Faults
{
    /// <summary>The exception to be logged; null where its message says all.</summary>
    public static Exception? Unexpected(Exception e) =>
        e is StorageUnavailableException or TimeoutException or OrleansException ? null : e;
}
