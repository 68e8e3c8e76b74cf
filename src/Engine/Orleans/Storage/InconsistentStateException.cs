using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>The record in the store is not the one that was read: its ETag differs.</summary>
public class InconsistentStateException : OrleansException
{
    public InconsistentStateException()
    {
    }

    public InconsistentStateException(string message)
        : base(message)
    {
    }

    public InconsistentStateException(string message, Exception? innerException)
        : base(message, innerException!)
    {
    }

    public InconsistentStateException(string errorMsg, string? storedEtag, string? currentEtag)
        : this(errorMsg, storedEtag, currentEtag, null)
    {
    }

    public InconsistentStateException(
        string errorMsg, string? storedEtag, string? currentEtag, Exception? storageException)
        : base($"{errorMsg} Stored ETag {storedEtag ?? "none"}, held {currentEtag ?? "none"}.", storageException!)
    {
        StoredEtag = storedEtag;
        CurrentEtag = currentEtag;
    }

    public InconsistentStateException(string? storedEtag, string? currentEtag, Exception storageException)
        : this(storageException.Message, storedEtag, currentEtag, storageException)
    {
    }

    /// <summary>The version in the store.</summary>
    public string? StoredEtag { get; private set; }

    /// <summary>The version that the writer held.</summary>
    public string? CurrentEtag { get; private set; }

    /// <summary>The activation whose own write failed; it is let go, so that the next one reads afresh.</summary>
    internal object? SourceActivation { get; set; }
}
