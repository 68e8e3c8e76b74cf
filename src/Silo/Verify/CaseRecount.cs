using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Storage;
using GridMesh.Grains;
using GridMesh.Grains.Incidents;

namespace GridMesh.Silo.Verify;

/// <summary>Cases as their facts make them, against the case list.</summary>
internal sealed class CaseRecount(ICaseIndex index, DifferenceList differences) : IKindRecount
{
    private readonly Dictionary<string, IncidentState> _cases = [];

    public int Count => _cases.Count;

    public int Open => _cases.Values.Count(state => state.Step.IsOpen());

    public ILookup<AreaCode, IncidentState> ByGrid() => _cases.Values.ToLookup(state => state.Number.Grid);

    public ValueTask TakeAsync(GrainKind kind, JournalRecord record)
    {
        var state = _cases.GetValueOrDefault(record.Stream);
        if (record.Version == (state?.Version ?? 0) + 1)
        {
            _cases[record.Stream] = IncidentState.Fold(
                state, state?.Number ?? CaseNumber.Parse(record.Stream), IncidentHistory.Decode(record));
        }
        else
        {
            differences.Add($"{record.Stream}: fact {record.Version} follows {state?.Version ?? 0}");
        }

        return default;
    }

    public async Task CompareAsync()
    {
        var rows = 0;
        await foreach (var row in index.ReadAllCasesAsync())
        {
            rows++;
            if (!_cases.TryGetValue(row.Number.Value, out var state))
            {
                differences.Add($"{row.Number}: in the case list, not in the journal");
            }
            else if (state.ToRow() is var counted && counted != row)
            {
                differences.Add(
                    $"{row.Number}: the case list says {row.Step} v{row.Version},"
                    + $" the journal {counted.Step} v{counted.Version}");
            }
        }

        if (rows != _cases.Count)
            differences.Add($"the case list has {rows} cases, the journal {_cases.Count}");
    }
}
