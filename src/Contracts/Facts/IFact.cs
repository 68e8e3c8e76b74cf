namespace GridMesh.Contracts.Facts;

/// <summary>Something that happened, whatever to: what the journal asks of every fact.</summary>
public interface IFact
{
    DateTimeOffset At { get; }

    string By { get; }
}
