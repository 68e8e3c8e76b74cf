namespace GridMesh.Contracts.Storage;

/// <summary>
/// The disk or the server failed. What was asked for may or may not have happened: nothing may be applied in memory,
/// and whoever holds a fold of the stream reads it again before the next command. The gateway answers 503.
/// </summary>
[GenerateSerializer, Alias("StorageUnavailableException")]
public sealed class StorageUnavailableException : Exception
{
    public StorageUnavailableException()
    {
    }

    public StorageUnavailableException(string message)
        : base(message)
    {
    }

    public StorageUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
