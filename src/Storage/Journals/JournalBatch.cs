using GridMesh.Contracts.Facts;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Storage;
using GridMesh.Contracts.Workers;
using GridMesh.Storage.Personal;

namespace GridMesh.Storage.Journals;

/// <summary>
/// What one transaction writes: facts in order, the last row of each case and worker, the new chain heads.
/// </summary>
internal sealed class JournalBatch
{
    public List<FactRow> Facts { get; } = [];

    public Dictionary<string, CaseRow> Cases { get; } = [];

    public Dictionary<string, DutyRow> Duties { get; } = [];

    public Dictionary<string, ChainHead> Heads { get; } = [];

    public List<DataKey> Keys { get; } = [];

    public HashSet<PersonalName> Names { get; } = [];

    public List<StreamErasure> Erasures { get; } = [];

    /// <summary>Adds the rows of an accepted append; the latest version of a row wins within the group.</summary>
    public void Add(SealedAppend written, ChainHasher hasher, ChainHead head)
    {
        var append = written.Append;
        Keys.AddRange(written.Keys);
        Names.UnionWith(written.Names);
        Erasures.AddRange(append.Facts.Where(fact => fact.Erasure is not null)
            .Select(fact => new StreamErasure(append.Stream, fact.Subject, fact.Erasure!)));
        for (var part = 0; part < append.Facts.Count; part++)
        {
            var version = append.ExpectedVersion + part + 1;
            head = hasher.Next(head, append, append.Facts[part], version);
            Facts.Add(new FactRow(append, append.Facts[part], part, version, head.Link, head.Hash));
        }

        Heads[append.District.Value] = head;
        if (append.Case is { } row
            && !(Cases.TryGetValue(row.Number.Value, out var other) && other.Version > row.Version))
            Cases[row.Number.Value] = row;
        if (append.Duty is { } duty && !(Duties.TryGetValue(duty.Worker, out var was) && was.Version > duty.Version))
            Duties[duty.Worker] = duty;
    }
}

/// <summary>What goes of a subject of a stream.</summary>
internal readonly record struct StreamErasure(string Stream, string Subject, Erasure What);
