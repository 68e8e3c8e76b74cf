using GridMesh.Contracts.Storage;

namespace GridMesh.Storage.Journals;

/// <summary>Every writer chains its own facts of a district; one process has one writer.</summary>
internal readonly record struct ChainKey(string District, int Writer);

/// <summary>Walks all chains in the order of the sequence and words each break.</summary>
/// <param name="noted">Ends that were noted outside the database, where nobody who rewrites it reaches them.</param>
internal sealed class ChainVerifier(IReadOnlyDictionary<ChainKey, ChainHead> heads, IEnumerable<ChainEnd> noted)
{
    /// <summary>More breaks than this are not worded one by one.</summary>
    private const int BreaksMax = 1_000;

    private readonly Dictionary<ChainKey, ChainHead> _ends = [];
    private readonly List<string> _breaks = [];
    private readonly Dictionary<ChainKey, ChainEnd> _noted =
        noted.ToDictionary(end => new ChainKey(end.District.Value, end.Writer));
    private readonly ChainHasher _hasher = new();

    public long Facts { get; private set; }

    public void Add(StoredFact fact)
    {
        Facts++;
        var key = new ChainKey(fact.Record.District.Value, fact.Writer);
        var end = _ends.GetValueOrDefault(key, ChainHead.Empty);
        if (fact.Link == end.Link + 1)
        {
            if (!_hasher.Hash(end.Hash, fact.Record).AsSpan().SequenceEqual(fact.Record.Hash.Span))
                Break(key, $"{Name(fact.Record)} was altered, or the one before it");
        }
        else if (fact.Link > end.Link)
        {
            Break(key, $"{fact.Link - end.Link - 1} missing before {Name(fact.Record)}");
        }
        else
        {
            Break(key, $"{Name(fact.Record)} is out of order: link {fact.Link} after link {end.Link}");
        }

        if (heads.TryGetValue(key, out var head) && head.Link == fact.Link
            && !fact.Record.Hash.Span.SequenceEqual(head.Hash))
        {
            Break(key, $"{Name(fact.Record)} is not the fact that was noted as head of the chain");
        }

        if (_noted.TryGetValue(key, out var anchor) && anchor.Link == fact.Link
            && !string.Equals(
                anchor.Hash, Convert.ToHexStringLower(fact.Record.Hash.Span), StringComparison.OrdinalIgnoreCase))
        {
            Break(key, $"{Name(fact.Record)} is not the fact that was anchored as link {fact.Link}: rewritten");
        }

        _ends[key] = new ChainHead(fact.Link, fact.Record.Hash.ToArray());
    }

    /// <summary>Compares the ends with the heads that were noted when the facts were written.</summary>
    /// <param name="notedNow">Chains that have a head by now; some may have begun during the walk.</param>
    public IReadOnlyList<string> Finish(IEnumerable<ChainKey> notedNow)
    {
        foreach (var (key, head) in heads)
        {
            var end = _ends.GetValueOrDefault(key, ChainHead.Empty);
            if (end.Link < head.Link)
                Break(key,
                    $"{head.Link - end.Link} missing at the end: link {head.Link} was written, {end.Link} is last");
        }

        foreach (var (key, anchor) in _noted)
        {
            var end = _ends.GetValueOrDefault(key, ChainHead.Empty);
            if (end.Link < anchor.Link)
                Break(key,
                    $"link {anchor.Link} of {anchor.At:u} was anchored, {end.Link} is last: an older copy, or cut off");
        }

        foreach (var key in _ends.Keys.Except(notedNow))
            Break(key, "facts without a noted head");
        return _breaks;
    }

    private static string Name(JournalRecord fact) => $"fact {fact.Seq} ({fact.Stream} version {fact.Version})";

    private void Break(ChainKey key, string what)
    {
        if (_breaks.Count < BreaksMax)
            _breaks.Add($"district {key.District}, writer {key.Writer}: {what}");
        else if (_breaks.Count == BreaksMax)
            _breaks.Add("more breaks, not listed");
    }
}
