using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Kpis;
using GridMesh.Contracts.Storage;
using GridMesh.Contracts.Workers;

namespace GridMesh.Product.Fixture.Simulated;

/// <summary>How the store behaves at the next append.</summary>
public enum Weather
{
    Fine,

    /// <summary>Nothing is written, and the caller hears that it failed.</summary>
    Down,

    /// <summary>It is written, and the caller hears that it failed all the same.</summary>
    Uncertain,
}

/// <summary>
/// A journal and its index in memory, for simulations: what the ports promise, at once, with faults on demand.
/// </summary>
public sealed class InMemoryJournal : IJournal, ICaseIndex
{
    private readonly Lock _gate = new();
    private readonly List<JournalRecord> _records = [];
    private readonly Dictionary<string, List<JournalRecord>> _streams = [];
    private readonly Dictionary<Guid, AppendOutcome> _commands = [];
    private readonly Dictionary<AreaCode, Dictionary<string, CaseRow>> _cases = [];
    private readonly Dictionary<string, DutyRow> _duty = [];
    private readonly List<KpiEntry> _kpis = [];

    public Weather Weather { get; set; }

    /// <summary>A grid whose rows cannot be read.</summary>
    public AreaCode? Broken { get; set; }

    /// <summary>Bad weather that comes and goes by itself; null: <see cref="Weather"/> holds.</summary>
    public IStorm? Storm { get; set; }

    /// <summary>Appends wait for it before they write.</summary>
    public Task Disk { get; set; } = Task.CompletedTask;

    /// <summary>Appends that were asked for so far, written or not.</summary>
    public int Asked { get; private set; }

    /// <summary>Digests of grids that were asked for so far.</summary>
    public int Digests { get; private set; }

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _records.Count;
            }
        }
    }

    /// <summary>What all appends together count for the indices.</summary>
    public IReadOnlyList<KpiEntry> Kpis
    {
        get
        {
            lock (_gate)
            {
                return [.. _kpis];
            }
        }
    }

    public IReadOnlyList<JournalRecord> Of(string stream)
    {
        lock (_gate)
        {
            return _streams.TryGetValue(stream, out var records) ? [.. records] : [];
        }
    }

    /// <summary>Puts a row into the index as if its notice to the grid was lost.</summary>
    public void PutSilently(CaseRow row)
    {
        lock (_gate)
        {
            Put(row);
        }
    }

    public async ValueTask<AppendOutcome> AppendAsync(JournalAppend append, CancellationToken cancellation = default)
    {
        lock (_gate)
        {
            Asked++;
        }

        await Disk;
        var weather = Storm is null ? Weather : await Storm.BeforeAsync(isWrite: true);
        if (weather == Weather.Down)
            throw new StorageUnavailableException("the weather is bad");

        AppendOutcome outcome;
        lock (_gate)
        {
            outcome = Append(append);
        }

        if (Storm is not null)
            await Storm.AfterAsync();

        return weather == Weather.Uncertain ? throw new StorageUnavailableException("written or not") : outcome;
    }

    public ValueTask<IReadOnlyList<JournalRecord>> ReadStreamAsync(
        string stream, long afterVersion = 0, CancellationToken cancellation = default) =>
        ReadAsync<IReadOnlyList<JournalRecord>>(() => [.. Of(stream).Where(record => record.Version > afterVersion)]);

    public ValueTask<bool> HasStreamAsync(string stream, CancellationToken cancellation = default) =>
        ReadAsync(() => Of(stream).Any());

    public ValueTask<AppendOutcome?> FindCommandAsync(Guid commandId, CancellationToken cancellation = default) =>
        ReadAsync(() => _commands.TryGetValue(commandId, out var outcome) ? outcome : (AppendOutcome?)null);

    public async IAsyncEnumerable<JournalRecord> ReadAllAsync(
        long afterSeq = 0, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await Task.CompletedTask;
        JournalRecord[] records;
        lock (_gate)
        {
            records = [.. _records.Where(record => record.Seq > afterSeq)];
        }

        foreach (var record in records)
            yield return record;
    }

    public ValueTask<IReadOnlyList<string>> VerifyChainAsync(
        IProgress<long>? progress = null, IReadOnlyList<ChainEnd>? noted = null,
        CancellationToken cancellation = default) =>
        ValueTask.FromResult<IReadOnlyList<string>>([]);

    public ValueTask<IReadOnlyList<ChainEnd>> ReadChainEndsAsync(CancellationToken cancellation = default) =>
        ValueTask.FromResult<IReadOnlyList<ChainEnd>>([]);

    public ValueTask<IReadOnlyList<CaseRow>> ReadGridAsync(
        AreaCode grid, int day, CancellationToken cancellation = default) =>
        grid == Broken
            ? throw new FormatException($"a row of {grid} is no row")
            : ReadAsync<IReadOnlyList<CaseRow>>(() => Grid(grid, day));

    public ValueTask<GridDigest> DigestGridAsync(AreaCode grid, int day, CancellationToken cancellation = default)
    {
        lock (_gate)
        {
            Digests++;
        }

        return ReadAsync(() =>
        {
            var rows = Grid(grid, day);
            var duties = _duty.Values.Where(row => row.Grid == grid).Sum(row => row.Version);
            return new GridDigest(rows.Length, rows.Sum(row => row.Version), duties);
        });
    }

    public ValueTask<int> LastSerialAsync(AreaCode grid, DateOnly day, CancellationToken cancellation = default) =>
        ReadAsync(() =>
        {
            var prefix = $"{grid}-{day:yyMMdd}-";
            return RowsOf(grid).Where(row => row.Number.Value.StartsWith(prefix, StringComparison.Ordinal))
                .Select(row => row.Number.Serial).DefaultIfEmpty().Max();
        });

    public ValueTask<CasePage> SearchAsync(
        CaseQuery query, int limit, string? cursor, CancellationToken cancellation = default) =>
        throw new NotSupportedException("simulations do not search");

    public ValueTask<IReadOnlyList<DutyRow>> ReadDutyAsync(AreaCode grid, CancellationToken cancellation = default) =>
        ReadAsync<IReadOnlyList<DutyRow>>(() => [.. _duty.Values.Where(row => row.Grid == grid)]);

    public ValueTask<DutyRow?> FindDutyAsync(string worker, CancellationToken cancellation = default) =>
        ReadAsync(() => _duty.GetValueOrDefault(worker));

    public async IAsyncEnumerable<CaseRow> ReadAllCasesAsync(
        [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await Task.CompletedTask;
        CaseRow[] rows;
        lock (_gate)
        {
            rows = [
                .. _cases.Values.SelectMany(rows => rows.Values)
                .OrderBy(row => row.Number.Value, StringComparer.Ordinal)];
        }

        foreach (var row in rows)
            yield return row;
    }

    private async ValueTask<T> ReadAsync<T>(Func<T> read)
    {
        if (Storm is not null && await Storm.BeforeAsync(isWrite: false) != Weather.Fine)
            throw new StorageUnavailableException("the weather is bad");

        lock (_gate)
        {
            return read();
        }
    }

    private AppendOutcome Append(JournalAppend append)
    {
        if (_commands.TryGetValue(append.CommandId, out var known))
            return known with { Result = AppendResult.CommandKnown };

        var stream = _streams.TryGetValue(append.Stream, out var records) ? records : _streams[append.Stream] = [];
        if (stream.Count != append.ExpectedVersion)
            return new AppendOutcome(AppendResult.VersionConflict, append.Stream, stream.Count);

        foreach (var (part, fact) in append.Facts.Index())
        {
            var record = new JournalRecord(
                _records.Count + 1, append.Stream, stream.Count + 1, append.CommandId, append.District, fact.Type,
                fact.At,
                fact.By, fact.Payload, default, part == 0 ? append.Digest : null);
            _records.Add(record);
            stream.Add(record);
        }

        _kpis.AddRange(append.Kpis ?? []);
        if (append.Case is { } row)
            Put(row);

        if (append.Duty is { } duty)
            _duty[duty.Worker] = duty;

        var outcome = new AppendOutcome(AppendResult.Appended, append.Stream, stream.Count);
        _commands[append.CommandId] = outcome with { Digest = append.Digest };
        return outcome;
    }

    private void Put(CaseRow row) =>
        (_cases.TryGetValue(row.Number.Grid, out var rows) ? rows : _cases[row.Number.Grid] = [])[row.Number.Value] =
            row;

    private IEnumerable<CaseRow> RowsOf(AreaCode grid) =>
        _cases.TryGetValue(grid, out var rows) ? rows.Values : [];

    private CaseRow[] Grid(AreaCode grid, int day)
    {
        lock (_gate)
        {
            return
            [
                .. RowsOf(grid).Where(row =>
                    (row.ClosedDay == 0 || row.ReportedDay == day || row.ClosedDay == day)),
            ];
        }
    }
}
