namespace GridMesh.Contracts.Facts;

/// <summary>Something that happened, whatever to: what the journal asks of every fact.</summary>
public interface IFact
{
    DateTimeOffset At { get; }

    string By { get; }

    /// <summary>
    /// Whom it is about within its stream, where a stream is about many: what is personal in it goes with that one.
    /// </summary>
    string Subject => string.Empty;

    /// <summary>What of its subject goes when it is written; null of nearly all.</summary>
    Erasure? Erasure => null;
}
