using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Clocks;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Geo;
using GridMesh.Contracts.Grids;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Storage;
using GridMesh.Contracts.Workers;
using GridMesh.Grains.Clocks;
using GridMesh.Grains.Directory;
using GridMesh.Grains.Live;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Runtime;

namespace GridMesh.Grains.Grids;

/// <summary>
/// One grid, rebuilt from the open-case index when it wakes and checked against it while it lives. All it does is in
/// memory, so its turns are short and in order.
/// </summary>
[KeepAlive]
internal sealed partial class GridGrain(
    ICaseIndex index, IJournal journal, DirectoryRules rules, IOptions<LiveOptions> options, TimeProvider time,
    ILogger<GridGrain> log)
    : MeshGrain, IGridGrain, IRemindable, INode
{
    /// <summary>How often a number may turn out to be another case's, while a grid moves between silos.</summary>
    private const int NumbersTriedMax = 5;

    private readonly LiveOptions _options = options.Value;
    private GridState _state = null!;
    private NodePublisher _publisher = null!;
    private TimeSpan _checkedAt;

    public AreaCode Code { get; private set; }

    public string Name { get; private set; } = string.Empty;

    public AreaCode? Parent { get; private set; }

    public AreaSummary Summary => _state.Summary;

    public ImmutableArray<ChildEntry> Children => [];

    public ChildEntry? Child(AreaCode code) => null;

    protected override async Task WakeAsync(CancellationToken cancellation)
    {
        Code = AreaCode.Parse(this.GetPrimaryKeyString());
        Name = rules.View.Areas.GetValueOrDefault(Code)?.Name ?? Code.Value;
        Parent = Code.Parent is { } parent && rules.View.Areas.ContainsKey(parent) ? parent : null;
        var now = time.GetUtcNow();
        _state = new GridState(
            Code, rules.View.RosterOf(Code),
            new GridLimits(_options.OpenCasesMax, TimeSpan.FromSeconds(_options.SilentAfterSeconds)),
            ChinaTime.DayNumber(now), now);
        _publisher = new NodePublisher(this, GrainFactory, this, time, _options, _options.GridFrameIntervalMs);
        RegisterDeadlines();
        await ReadIndexAsync(cancellation);
        await ReadBoardsAsync();
        var (beat, stagger) = (TimeSpan.FromSeconds(_options.BeatSeconds), Stagger.Of(Code));
        _checkedAt -= stagger.Over(TimeSpan.FromSeconds(_options.RepairSeconds));
        this.RegisterTurn(BeatAsync, new GrainTimerCreationOptions(stagger.First(beat), beat));
        _state.People.Tick(now);
        _publisher.TouchSummary();
        await _publisher.FlushAsync();
        ArmDeadlines();
    }

    public Task<ChildReport> GetReportAsync() => Task.FromResult(_publisher.Report);

    public async Task<ReportOutcome> ReportAsync(ReportIncident report, SimilarQuery? near)
    {
        for (var tries = 1; ; tries++)
        {
            var today = ChinaTime.Day(time.GetUtcNow());
            var issued = _state.Issue(report.CommandId, report.AlarmKey, today);
            if (issued.Number is not { } number)
                return new ReportOutcome(issued.Reject, null, []);

            var (outcome, row) = await GrainFactory.GetGrain<IIncidentGrain>(number.Value).ReportAsync(report);
            if (row is not null && Take(row))
            {
                ArmDeadlines();
                await _publisher.FlushAsync();
            }

            if (outcome.Reject != RejectCode.CaseAlreadyReported || tries == NumbersTriedMax)
                return new ReportOutcome(outcome.Reject, outcome.Case, near is null ? [] : Similar(near));

            // While a grid moves from silo to silo two activations may give the same number: the journal has decided.
            _state.Numbers.Forget(report.CommandId, report.AlarmKey, number);
            _state.Numbers.Continue(today, await index.LastSerialAsync(Code, today));
        }
    }

    public Task CaseChangedAsync(CaseRow row)
    {
        if (!Take(row))
            return Task.CompletedTask;

        ArmDeadlines();
        return _publisher.FlushAsync();
    }

    public Task<ImmutableArray<IncidentCard>> FindSimilarAsync(SimilarQuery query) => Task.FromResult(Similar(query));

    public Task<ImmutableArray<Candidate>> GetCandidatesAsync(Line line)
    {
        var open = _state.Cases.OpenRows.Where(row => row.Owner is not null).CountBy(row => row.Owner!)
            .ToDictionary();
        return Task.FromResult(_state.People.Dots
            .Where(dot => dot.Status == WorkerStatus.OnDuty
                && rules.View.Workers.TryGetValue(dot.Id, out var worker)
                && worker.Lines.Include(line))
            .Select(dot => new Candidate(
                dot.Id, Code, dot is { Lng: { } lng, Lat: { } lat } ? new GeoPoint(lng, lat) : null,
                open.GetValueOrDefault(dot.Id)))
            .ToImmutableArray());
    }

    public Task<ImmutableArray<CaseNumber>> GetWaitingForAsync(string owner) => Task.FromResult(
        _state.Cases.OpenRows
            .Where(row => row.Owner == owner && row.Step is (Step.Dispatched or Step.Handling))
            .Select(row => row.Number).OrderBy(number => number.Value, StringComparer.Ordinal).ToImmutableArray());

    public Task<ImmutableArray<WorkerDot>> GetWorkersAsync() =>
        Task.FromResult(_state.People.Dots.ToImmutableArray());

    public Task<AreaSnapshot> WatchAsync(Watcher watcher, string holder)
    {
        if (_publisher.View is null)
        {
            var view = _publisher.Open();
            foreach (var row in _state.Cases.OpenRows)
                view.Put(GridState.CardOf(row));

            foreach (var dot in _state.People.Dots)
                view.Put(dot, Code);
        }

        return Task.FromResult(_publisher.Watch(watcher, holder));
    }

    public Task<bool> RenewAsync(Watcher watcher, string holder) => Task.FromResult(_publisher.Renew(watcher, holder));

    public Task UnwatchAsync(Watcher watcher, string holder)
    {
        _publisher.Unwatch(watcher, holder);
        return Task.CompletedTask;
    }

    private ImmutableArray<IncidentCard> Similar(SimilarQuery query) =>
        [.. _state.Cases.Similar(query).Select(GridState.CardOf)];

    private async Task BeatAsync()
    {
        var now = time.GetUtcNow();
        if (_state.Cases.StartDay(ChinaTime.DayNumber(now)))
            _publisher.TouchSummary();

        var alarms = (_state.People.Silent, _state.People.Deserted);
        foreach (var worker in _state.People.Tick(now))
            ShowWorker(worker);

        if (alarms != (_state.People.Silent, _state.People.Deserted))
            _publisher.TouchSummary();

        if (time.GetUptime() - _checkedAt >= TimeSpan.FromSeconds(_options.RepairSeconds))
        {
            await CheckIndexAsync();
            await CheckBoardsAsync();
        }

        await _publisher.FlushAsync();
        TryLateDeadlines();
        await _publisher.BeatAsync();
        await RemindAsync();
    }

    /// <summary>
    /// Compares with the index and reads it anew where something was missed. A store that is down waits.
    /// </summary>
    private async Task CheckIndexAsync()
    {
        try
        {
            _checkedAt = time.GetUptime();
            if (await index.DigestGridAsync(Code, _state.Cases.Day) != _state.Digest)
                await ReadIndexAsync(CancellationToken.None);
        }
        catch (StorageUnavailableException e)
        {
            log.LogWarning(
                Faults.Unexpected(e), "Grid {Grid} could not be checked against the index: {Reason}", Code, e.Message);
        }
    }

    private async Task ReadIndexAsync(CancellationToken cancellation)
    {
        foreach (var row in await index.ReadGridAsync(Code, _state.Cases.Day, cancellation))
            Take(row);

        ArmDeadlines();

        var duty = await index.ReadDutyAsync(Code, cancellation);
        _state.People.KeepStrangers(duty);
        foreach (var row in duty)
        {
            if (_state.People.Apply(row, time.GetUtcNow()))
            {
                ShowWorker(row.Worker);
                _publisher.TouchSummary();
            }
        }

        var today = ChinaTime.Day(time.GetUtcNow());
        _state.Numbers.Continue(today, await index.LastSerialAsync(Code, today, cancellation));
        _checkedAt = time.GetUptime();
    }

    /// <summary>Touches the numbers with the row: whoever fails before it sends them has not lost them.</summary>
    private bool Take(CaseRow row)
    {
        if (!_state.Apply(row))
            return false;

        _publisher.View?.Put(GridState.CardOf(row));
        _publisher.TouchSummary();
        return true;
    }

    private Task PublishAsync()
    {
        _publisher.TouchSummary();
        return _publisher.FlushAsync();
    }

    private void ShowWorker(string worker)
    {
        if (_publisher.View is { } view && _state.People.Find(worker) is { } dot)
            view.Put(dot, Code);
    }
}
