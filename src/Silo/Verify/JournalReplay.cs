using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Storage;
using GridMesh.Grains.Incidents;

namespace GridMesh.Silo.Verify;

/// <summary>
/// Writes the facts of another database into this one, in their order, with the index rows that they make. Hash chains
/// begin anew. A fact that is here already is passed over, so a replay that broke off is simply run again.
/// </summary>
internal sealed class JournalReplay(IJournal journal)
{
    /// <summary>Appends on their way at once; facts of one stream wait for each other.</summary>
    private const int BatchMax = 512;

    private readonly Dictionary<string, IncidentState> _cases = [];
    private readonly Dictionary<string, Task> _streams = [];

    public long Facts { get; private set; }

    /// <summary>Reads everything and writes nothing.</summary>
    /// <exception cref="InvalidDataException">The facts do not follow each other.</exception>
    public async Task CheckAsync(IAsyncEnumerable<JournalRecord> records, DirectoryView directory)
    {
        await foreach (var record in records)
        {
            AppendOf(record, directory);
        }
    }

    /// <exception cref="InvalidDataException">The facts do not follow each other, or this journal has
    /// others.</exception>
    public async Task RunAsync(
        IAsyncEnumerable<JournalRecord> records, DirectoryView directory, IProgress<string> progress)
    {
        await foreach (var record in records)
        {
            var append = AppendOf(record, directory);
            var before = _streams.GetValueOrDefault(record.Stream, Task.CompletedTask);
            _streams[record.Stream] = WriteAsync(before, append);
            Facts++;
            if (_streams.Count >= BatchMax)
            {
                await FlushAsync();
                progress.Report($"{Facts} 条事实 facts");
            }
        }

        await FlushAsync();
    }

    private JournalAppend AppendOf(JournalRecord record, DirectoryView directory)
    {
        var fact = new NewFact(record.Type, record.At, record.By, record.Payload);
        if (!CaseNumber.TryParse(record.Stream, out var number, out _))
        {
            return new JournalAppend(
                record.Stream, record.Version - 1, record.CommandId, record.District, [fact],
                Duty: DutyOf(record, directory));
        }

        var state = _cases.GetValueOrDefault(record.Stream);
        if (record.Version != (state?.Version ?? 0) + 1)
        {
            throw new InvalidDataException($"{record.Stream}: fact {record.Version} follows {state?.Version ?? 0}");
        }

        _cases[record.Stream] = state = IncidentState.Fold(state, number, IncidentHistory.Decode(record));
        return new JournalAppend(
            record.Stream, record.Version - 1, record.CommandId, record.District, [fact], Case: state.ToRow());
    }

    private static DutyRow? DutyOf(JournalRecord record, DirectoryView directory)
    {
        var worker = record.Stream["worker:".Length..];
        return directory.Workers.TryGetValue(worker, out var entry)
            ? new DutyRow(worker, entry.Grid, record.Type == "ShiftStarted", record.At, record.Version)
            : null;
    }

    private async Task WriteAsync(Task before, JournalAppend append)
    {
        await before;
        var outcome = await journal.AppendAsync(append);
        if (outcome.Result == AppendResult.VersionConflict
            || (outcome.Result == AppendResult.CommandKnown && outcome.Stream != append.Stream))
        {
            throw new InvalidDataException($"{append.Stream}: this database has other facts of it");
        }
    }

    private async Task FlushAsync()
    {
        await Task.WhenAll(_streams.Values);
        _streams.Clear();
    }
}
