using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Storage;
using GridMesh.Grains.Kpis;

namespace GridMesh.Grains.Incidents;

/// <summary>
/// The facts of one case in memory with the command each came by: gives the case as it stands and as any earlier
/// command left it.
/// </summary>
public sealed class IncidentHistory(CaseNumber number)
{
    private readonly Dictionary<Guid, (long Version, long? Digest)> _commands = [];
    private readonly List<HistoryEntry> _entries = [];

    private CaseTally? _tally;

    public IncidentState? State { get; private set; }

    public long Version => _entries.Count;

    public static byte[] Encode(IncidentFact fact) => FactJson.Encode(fact);

    public static IncidentFact Decode(JournalRecord record) => FactJson.Decode<IncidentFact>(record);

    /// <summary>Adds the next fact; one that is there already changes nothing, a gap is a bug.</summary>
    public void Add(long version, Guid commandId, IncidentFact fact, long? digest = null)
    {
        if (version <= Version)
            return;

        if (version != Version + 1)
            throw new InvalidOperationException($"{number}: fact {version} after {Version}");

        State = IncidentState.Fold(State, number, fact);
        _tally = CaseTally.Fold(_tally, fact, out _);
        _entries.Add(new HistoryEntry(version, fact));
        Erase(fact);

        // The digest is on the first fact of a command, its version that of the last.
        _commands[commandId] = (version, digest ?? DigestOf(commandId));
    }

    public bool Knows(Guid commandId) => _commands.ContainsKey(commandId);

    /// <summary>What the command was written with; null where it had none.</summary>
    public long? DigestOf(Guid commandId) => _commands.GetValueOrDefault(commandId).Digest;

    /// <summary>The case as the command left it, or null if this case does not know the command.</summary>
    public IncidentView? AfterCommand(Guid commandId) =>
        _commands.TryGetValue(commandId, out var command) ? At(command.Version) : null;

    public IncidentView? Current() => State?.ToView([.. _entries]);

    /// <summary>The case after more facts, without adding them.</summary>
    public IncidentFuture After(ImmutableArray<IncidentFact> facts)
    {
        var (state, tally) = (State, _tally);
        var counts = ImmutableArray.CreateBuilder<Tally>();
        foreach (var fact in facts)
        {
            state = IncidentState.Fold(state, number, fact);
            tally = CaseTally.Fold(tally, fact, out var tallies);
            counts.AddRange(tallies);
        }

        return new IncidentFuture(facts, state!, tally!, counts.ToImmutable());
    }

    /// <summary>Adds the facts that <see cref="After"/> was asked about, with nothing added since.</summary>
    public void Add(Guid commandId, IncidentFuture future, long? digest = null)
    {
        foreach (var fact in future.Facts)
            _entries.Add(new HistoryEntry(Version + 1, fact));

        (State, _tally, _commands[commandId]) = (future.State, future.Tally, (Version, digest));
        foreach (var fact in future.Facts)
            Erase(fact);
    }

    private IncidentView At(long version)
    {
        if (version == Version)
            return Current()!;

        var entries = _entries.Take((int)version).ToImmutableArray();
        return Fold(entries).ToView(entries);
    }

    /// <summary>What is in memory says no more than what can be read again.</summary>
    private void Erase(IncidentFact last)
    {
        if (last is not CaseErased erased || _entries[0].Fact is not IncidentReported report)
            return;

        for (var i = 0; i < _entries.Count; i++)
            _entries[i] = _entries[i] with { Fact = Erasing.Without(_entries[i].Fact, erased, report) };

        State = Fold(_entries);
    }

    private IncidentState Fold(IEnumerable<HistoryEntry> entries) =>
        entries.Aggregate((IncidentState?)null, (state, entry) => IncidentState.Fold(state, number, entry.Fact))!;
}
