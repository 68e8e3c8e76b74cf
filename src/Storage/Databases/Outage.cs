using GridMesh.Contracts.Storage;

namespace GridMesh.Storage.Databases;

/// <summary>What callers see when disk or server fail.</summary>
internal static class Outage
{
    public static StorageUnavailableException Of(Exception cause) =>
        cause as StorageUnavailableException ?? new($"The database cannot be used: {cause.Message}", cause);
}
