using System.Diagnostics.CodeAnalysis;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Storage;
using GridMesh.Grains.Incidents;

namespace GridMesh.Grains.Subscriptions;

/// <summary>
/// Makes events of facts: each needs the case as the fact left it, so the case is folded anew up to there. A page of
/// facts reads every case once.
/// </summary>
public sealed class CaseEventReader(IJournal journal)
{
    private readonly Dictionary<string, IReadOnlyList<JournalRecord>> _streams = [];

    public async ValueTask<CaseEvent> ReadAsync(JournalRecord record) =>
        await FindAsync(record.Stream, record.Version)
        ?? throw new InvalidOperationException($"{record.Stream} has no fact {record.Version}");

    /// <summary>Null when there is no such fact.</summary>
    public async ValueTask<CaseEvent?> FindAsync(string stream, long version)
    {
        if (!CaseNumber.TryParse(stream, out var number, out _))
            return null;

        if (!_streams.TryGetValue(stream, out var records) || records.Count < version)
            _streams[stream] = records = await journal.ReadStreamAsync(stream);

        return TryFold(number, records, version, out var found) ? found : null;
    }

    private static bool TryFold(
        CaseNumber number, IReadOnlyList<JournalRecord> records, long version, [NotNullWhen(true)] out CaseEvent? found)
    {
        IncidentState? state = null;
        foreach (var record in records.TakeWhile(record => record.Version <= version))
        {
            var fact = IncidentHistory.Decode(record);
            state = IncidentState.Fold(state, number, fact);
            if (record.Version == version)
            {
                found = new CaseEvent(record.Seq, state, fact);
                return true;
            }
        }

        found = null;
        return false;
    }
}
