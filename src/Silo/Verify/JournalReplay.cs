using System.Text.Json;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Facts;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Services;
using GridMesh.Contracts.Storage;
using GridMesh.Contracts.Workers;
using GridMesh.Grains;
using GridMesh.Grains.Incidents;
using GridMesh.Grains.Kpis;

namespace GridMesh.Silo.Verify;

/// <summary>
/// Writes the facts of another database into this one, in their order, with the index rows that they make. Hash chains
/// begin anew. A fact that is here already is passed over, so a replay that broke off is simply run again.
/// </summary>
internal sealed class JournalReplay(IJournal journal)
{
    /// <summary>
    /// Appends on their way at once: a few groups, so that the next one is full while the last is written. Appends to
    /// one stream are judged in the order in which they are made (ST5), so none waits for the one before it.
    /// </summary>
    public const int InFlightMax = 4 * GroupMax;

    /// <summary>Facts of one durable transaction: nobody waits for a single one of them, and a large group writes the
    /// row of a case once and touches each page of the indexes once.</summary>
    public const int GroupMax = 8_192;

    private const int ReportEvery = 8_192;

    private readonly Dictionary<string, (IncidentState State, CaseTally Tally)> _cases = [];
    private readonly Queue<(string Stream, Task<AppendOutcome> Outcome)> _inFlight = [];

    public long Facts { get; private set; }

    /// <summary>The cases of what was read, as its facts leave them.</summary>
    public IEnumerable<IncidentState> Cases => _cases.Values.Select(one => one.State);

    public bool HasCase(CaseNumber number) => _cases.ContainsKey(number.Value);

    /// <summary>Reads everything and writes nothing.</summary>
    /// <param name="look">Told of each fact.</param>
    /// <exception cref="InvalidDataException">The facts do not follow each other.</exception>
    public async Task CheckAsync(
        IAsyncEnumerable<JournalRecord> records, DirectoryView directory, Action<JournalRecord> look)
    {
        await foreach (var record in records)
            Append(record, directory, look);
    }

    /// <exception cref="InvalidDataException">The facts do not follow each other, or this journal has
    /// others.</exception>
    public async Task RunAsync(
        IAsyncEnumerable<JournalRecord> records, DirectoryView directory, IProgress<string> progress)
    {
        JournalAppend? command = null;
        await foreach (var record in records)
        {
            var append = Append(record, directory);
            if (command is not null && command.CommandId == append.CommandId && command.Stream == append.Stream
                && command.ExpectedVersion + command.Facts.Count == append.ExpectedVersion)
            {
                command = Joined(command, append);
            }
            else
            {
                await SendAsync(command);
                command = append;
            }

            if (++Facts % ReportEvery == 0)
                progress.Report($"{Facts} 条事实 facts");
        }

        await SendAsync(command);
        while (_inFlight.Count > 0)
            await SettleAsync();
    }

    /// <summary>The facts of one command are written together: its id is taken once.</summary>
    private static JournalAppend Joined(JournalAppend command, JournalAppend next) => next with
    {
        ExpectedVersion = command.ExpectedVersion, Digest = command.Digest, Facts = [.. command.Facts, .. next.Facts],
        Kpis = [.. command.Kpis ?? [], .. next.Kpis ?? []],
    };

    private async Task SendAsync(JournalAppend? append)
    {
        if (append is null)
            return;

        _inFlight.Enqueue((append.Stream, journal.AppendAsync(append).AsTask()));
        if (_inFlight.Count >= InFlightMax)
            await SettleAsync();
    }

    private JournalAppend Append(JournalRecord record, DirectoryView directory, Action<JournalRecord>? look = null)
    {
        try
        {
            var append = AppendOf(record, directory);
            look?.Invoke(record);
            return append;
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            throw new InvalidDataException($"{record.Stream}: fact {record.Version} cannot be read: {e.Message}", e);
        }
    }

    private JournalAppend AppendOf(JournalRecord record, DirectoryView directory)
    {
        var kind = GrainKinds.OfStream(record.Stream)
            ?? throw new InvalidDataException($"{record.Stream}: no grain of this version writes there");
        var fact = kind.Decode(record);
        if (fact.GetType().Name != record.Type)
            throw new InvalidDataException($"{record.Stream}: fact {record.Version} is no {record.Type}");

        if (kind != GrainKinds.Incident)
        {
            return new JournalAppend(
                record.Stream, record.Version - 1, record.CommandId, record.District,
                [NewOf(record, fact)],
                Duty: kind == GrainKinds.Worker ? DutyOf(record, directory) : null,
                Kpis: kind.HasIndices ? [.. KpiEntries.OfPatrols(record, directory)] : null, Digest: record.Digest);
        }

        var number = CaseNumber.Parse(record.Stream);
        var (state, tally) = _cases.GetValueOrDefault(record.Stream);
        if (record.Version != (state?.Version ?? 0) + 1)
            throw new InvalidDataException($"{record.Stream}: fact {record.Version} follows {state?.Version ?? 0}");

        var decoded = (IncidentFact)fact;
        if (state is null && decoded is not IncidentReported)
            throw new InvalidDataException($"{record.Stream}: its first fact is no report");

        state = IncidentState.Fold(state, number, decoded);
        tally = CaseTally.Fold(tally, decoded, out var tallies);
        _cases[record.Stream] = (state, tally);
        return new JournalAppend(
            record.Stream, record.Version - 1, record.CommandId, record.District,
            [NewOf(record, decoded, IncidentState.IsByResident(decoded, state.Report))], Case: state.ToRow(),
            Kpis: [.. KpiEntries.Of(number, tallies, directory)], Digest: record.Digest);
    }

    /// <summary>Byte for byte the same, and sealed anew in this database.</summary>
    private static NewFact NewOf(JournalRecord record, IFact fact, bool isByResident = false) => new(
        record.Type, record.At, record.By, record.Payload, fact.Subject,
        isByResident || fact is ServiceAsked or ServiceRated or ServiceWithdrawn, fact.Erasure);

    /// <summary>Shifts change the duty list; other facts of workers have no row.</summary>
    private static DutyRow? DutyOf(JournalRecord record, DirectoryView directory)
    {
        if (record.Type is not (nameof(ShiftStarted) or nameof(ShiftEnded)))
            return null;

        var worker = GrainKinds.Worker.KeyOf(record.Stream);
        return directory.Workers.TryGetValue(worker, out var entry)
            ? new DutyRow(worker, entry.Grid, record.Type == nameof(ShiftStarted), record.At, record.Version)
            : null;
    }

    /// <summary>Waits for the oldest append.</summary>
    private async Task SettleAsync()
    {
        var (stream, waiting) = _inFlight.Dequeue();
        var outcome = await waiting;
        if (outcome.Result == AppendResult.VersionConflict
            || (outcome.Result == AppendResult.CommandKnown && outcome.Stream != stream))
        {
            throw new InvalidDataException($"{stream}: this database has other facts of it");
        }
    }
}
