using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Grids;
using GridMesh.Grains.Clocks;
using GridMesh.Grains.Directory;
using GridMesh.Grains.Live;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Runtime;

namespace GridMesh.Grains.Areas;

/// <summary>
/// Community, town, district, city or province: the sum of its children's latest summaries and, while watched, the
/// union of their views. Stores nothing; when it wakes it asks its children.
/// </summary>
[KeepAlive]
internal sealed class AreaGrain(
    DirectoryRules rules, IOptions<LiveOptions> options, TimeProvider time, ILogger<AreaGrain> log)
    : MeshGrain, IAreaGrain, INode
{
    private readonly LiveOptions _options = options.Value;
    private readonly AreaRollup _rollup = new();
    private readonly Dictionary<AreaCode, (long Epoch, long Version)> _held = [];
    private AreaChildren _children = null!;
    private NodePublisher _publisher = null!;
    private TimeSpan _renewedAt;

    public AreaCode Code { get; private set; }

    public string Name { get; private set; } = string.Empty;

    public AreaCode? Parent { get; private set; }

    public AreaSummary Summary => _rollup.Sum.With(Counter.AreasAbsent, _children.Absent);

    public ImmutableArray<ChildEntry> Children =>
        [.. rules.View.ChildrenOf(Code).Select(child => Child(child.Code)).OfType<ChildEntry>()];

    public ChildEntry? Child(AreaCode code) => rules.View.Areas.TryGetValue(code, out var area)
        ? new ChildEntry(
            code, area.Name,
            (_rollup.Find(code) ?? AreaSummary.Zero).With(Counter.AreasAbsent, _children.IsAbsent(code) ? 1 : 0))
        : null;

    protected override async Task WakeAsync(CancellationToken cancellation)
    {
        Code = AreaCode.Parse(this.GetPrimaryKeyString());
        Name = rules.View.Areas.GetValueOrDefault(Code)?.Name ?? Code.Value;
        Parent = Code.Parent is { } parent && rules.View.Areas.ContainsKey(parent) ? parent : null;
        _publisher = new NodePublisher(this, GrainFactory, this, time, _options, _options.AreaFrameIntervalMs);
        _children = new AreaChildren(
            Code, () => rules.View.ChildrenOf(Code).Select(child => child.Code), GrainFactory,
            child => _publisher.TouchSummary(child), log);
        foreach (var (_, report) in await _children.AskAsync(node => node.GetReportAsync()))
            _rollup.Take(report);

        var beat = TimeSpan.FromSeconds(_options.BeatSeconds);
        this.RegisterTurn(BeatAsync, new GrainTimerCreationOptions(beat, beat));
        _publisher.TouchSummary();
        await _publisher.FlushAsync();
    }

    public async Task TakeReportAsync(ChildReport report)
    {
        if (!rules.View.Areas.ContainsKey(report.Child) || !report.Child.IsChildOf(Code))
        {
            log.LogWarning("Area {Area} was sent a report of {Child}", Code, report.Child);
            return;
        }

        _children.Heard(report.Child);
        var changed = _rollup.IsOlderActivation(report)
            ? _rollup.Take(await GrainFactory.GetNode(report.Child).GetReportAsync())
            : _rollup.Apply(report);
        if (changed)
            _publisher.TouchSummary(report.Child);

        await ShowAsync(report);
        await _publisher.FlushAsync();
    }

    public Task<ChildReport> GetReportAsync() => Task.FromResult(_publisher.Report);

    public async Task<AreaSnapshot> WatchAsync(Watcher watcher, string holder)
    {
        if (_publisher.View is null)
            await OpenAsync();

        return _publisher.Watch(watcher, holder);
    }

    public Task<bool> RenewAsync(Watcher watcher, string holder) => Task.FromResult(_publisher.Renew(watcher, holder));

    public async Task UnwatchAsync(Watcher watcher, string holder)
    {
        _publisher.Unwatch(watcher, holder);
        if (_publisher.View is null)
            await LetChildrenGoAsync();
    }

    /// <summary>The answer of a child that was absent.</summary>
    private Task TakeAsync(ChildReport report)
    {
        _rollup.Take(report);
        _publisher.TouchSummary(report.Child);
        return _publisher.FlushAsync();
    }

    private async Task OpenAsync()
    {
        var snapshots = await _children.AskAsync(node => node.WatchAsync(Watcher.Parent, Code.Value));
        var view = _publisher.Open();
        _renewedAt = time.GetUptime();
        foreach (var (_, snapshot) in snapshots)
            Hold(view, snapshot);
    }

    private void Hold(AreaView view, AreaSnapshot snapshot)
    {
        view.Replace(snapshot);
        _held[snapshot.Code] = (snapshot.Epoch, snapshot.Version);
    }

    /// <summary>Applies the next delta of a child's view; on a gap the child is asked for the whole.</summary>
    private async Task ShowAsync(ChildReport report)
    {
        if (_publisher.View is not { } view || !_held.TryGetValue(report.Child, out var held))
            return;

        if (report.Details is not { } frame)
        {
            if (report.Version.Epoch != held.Epoch)
            {
                // The child woke anew and does not know yet that it is watched.
                Hold(view, await GrainFactory.GetNode(report.Child).WatchAsync(Watcher.Parent, Code.Value));
            }

            return;
        }

        if (held.Epoch == frame.Epoch && frame.To <= held.Version)
            return;

        if (held == (frame.Epoch, frame.From))
        {
            view.Apply(frame);
            _held[frame.Code] = (frame.Epoch, frame.To);
        }
        else
        {
            Hold(view, await GrainFactory.GetNode(frame.Code).WatchAsync(Watcher.Parent, Code.Value));
        }
    }

    private async Task BeatAsync()
    {
        var watched = _publisher.View is not null;
        _children.AskAbsentAgain(TakeAsync);
        await _publisher.BeatAsync();
        if (_publisher.View is { } view)
            await RenewAsync(view);
        else if (watched)
            await LetChildrenGoAsync();
    }

    /// <summary>
    /// Renews the leases below; a child that lost its view (it woke anew) is watched again.
    /// </summary>
    private async Task RenewAsync(AreaView view)
    {
        var now = time.GetUptime();
        if (now - _renewedAt < MeshStreams.WatchRenewal)
            return;

        _renewedAt = now;
        var snapshots = await _children.AskAsync(async node =>
            await node.RenewAsync(Watcher.Parent, Code.Value)
                ? null
                : await node.WatchAsync(Watcher.Parent, Code.Value));
        foreach (var (_, snapshot) in snapshots)
        {
            if (snapshot is not null)
                Hold(view, snapshot);
        }

        await _publisher.FlushAsync();
    }

    private async Task LetChildrenGoAsync()
    {
        _held.Clear();
        await _children.TellAsync(node => node.UnwatchAsync(Watcher.Parent, Code.Value));
    }
}
