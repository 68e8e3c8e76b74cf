namespace GridMesh.Contracts.Storage;

/// <summary>
/// Nothing is broken, but somebody has to act before this database can be used: another process holds it, it has to be
/// migrated, or its server would not keep what it acknowledges. The message says what to do and is shown as it is.
/// </summary>
public sealed class StorageUnusableException : InvalidOperationException
{
    public StorageUnusableException()
    {
    }

    public StorageUnusableException(string message)
        : base(message)
    {
    }

    public StorageUnusableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
