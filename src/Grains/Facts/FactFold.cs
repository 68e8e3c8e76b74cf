using GridMesh.Contracts.Facts;

namespace GridMesh.Grains.Facts;

/// <summary>What is kept of a fold, so that waking does not read all its facts. Lost, it is folded anew.</summary>
public interface IFoldSnapshot
{
    /// <summary>Facts that are in it.</summary>
    long Version { get; }
}

/// <summary>A fold of whatever facts, as it is counted anew.</summary>
public interface IFactFold
{
    /// <summary>Facts that are in it.</summary>
    long Version { get; }

    /// <summary>Adds the next fact; one that is there already changes nothing, a gap is a bug.</summary>
    void Apply(long version, IFact fact);

    /// <summary>
    /// Everything that has ended is decided: what only earlier days need goes. A later moment makes up for an earlier
    /// one that was left out.
    /// </summary>
    void Settled(DateTimeOffset now);

    /// <summary>
    /// What it says, part by part: the same of the same facts, whenever it was kept and opened again.
    /// </summary>
    IEnumerable<FoldPart> PartsAt(DateTimeOffset now);
}

/// <summary>What a stream of facts amounts to.</summary>
/// <typeparam name="TFact">The family of the facts.</typeparam>
/// <typeparam name="TSnapshot">What is kept of it.</typeparam>
public abstract class FactFold<TFact, TSnapshot>(long version) : IFactFold
    where TFact : class, IFact
    where TSnapshot : IFoldSnapshot
{
    /// <summary>Facts that are in it.</summary>
    public long Version { get; private set; } = version;

    /// <summary>Adds the next fact; one that is there already changes nothing, a gap is a bug.</summary>
    public void Apply(long version, TFact fact)
    {
        if (version <= Version)
            return;

        if (version != Version + 1)
            throw new InvalidOperationException($"{typeof(TFact).Name} {version} after {Version}");

        Fold(fact);
        Version = version;
    }

    void IFactFold.Apply(long version, IFact fact) => Apply(version, (TFact)fact);

    public virtual void Settled(DateTimeOffset now)
    {
    }

    public abstract IEnumerable<FoldPart> PartsAt(DateTimeOffset now);

    public abstract TSnapshot ToSnapshot();

    /// <summary>Takes a fact in; <see cref="Version"/> is still that of the one before.</summary>
    protected abstract void Fold(TFact fact);
}
