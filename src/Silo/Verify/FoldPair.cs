using GridMesh.Contracts.Clocks;
using GridMesh.Contracts.Facts;
using GridMesh.Grains.Facts;

namespace GridMesh.Silo.Verify;

/// <summary>
/// The facts of one stream, folded from the first one on, and upon the snapshot as a grain that wakes does.
/// </summary>
/// <param name="kept">Null where no snapshot is kept: the grain would fold from the first one on as well.</param>
internal sealed class FoldPair(IFactFold counted, IFactFold? kept)
{
    private DateOnly _day;

    public IFactFold Counted => counted;

    public IFactFold Live => kept ?? counted;

    public bool HasSnapshot => kept is not null;

    /// <summary>A fact is missing: there is nothing to compare with.</summary>
    public bool IsBroken { get; private set; }

    public void Take(long version, IFact fact)
    {
        if (IsBroken |= version != counted.Version + 1)
            return;

        // What is held of a stream stays as small as its grain holds it, however many facts there are.
        if (ChinaTime.Day(fact.At) > _day)
        {
            _day = ChinaTime.Day(fact.At);
            Settle(fact.At);
        }

        counted.Apply(version, fact);
        kept?.Apply(version, fact);
    }

    /// <summary>How the snapshot and the later facts differ from all facts; null where they say the same.</summary>
    public string? Difference(DateTimeOffset now)
    {
        Settle(now);
        if (kept is null || IsBroken)
            return null;

        if (kept.Version != counted.Version)
            return $"the snapshot has {kept.Version} facts, the journal {counted.Version}";

        var (stored, said) = (Parts(kept, now), Parts(counted, now));
        var different = stored.Keys.Union(said.Keys)
            .Where(name => stored.GetValueOrDefault(name) != said.GetValueOrDefault(name))
            .Order(StringComparer.Ordinal).ToList();
        return different is not [var first, ..] ? null
            : $"{first}: the snapshot says {stored.GetValueOrDefault(first, "nothing")},"
                + $" the journal {said.GetValueOrDefault(first, "nothing")}"
                + (different.Count > 1 ? $", and {different.Count - 1} more" : "");
    }

    private void Settle(DateTimeOffset now)
    {
        counted.Settled(now);
        kept?.Settled(now);
    }

    private static Dictionary<string, string> Parts(IFactFold fold, DateTimeOffset now) =>
        fold.PartsAt(now).ToDictionary(part => part.Name, part => part.Says);
}
