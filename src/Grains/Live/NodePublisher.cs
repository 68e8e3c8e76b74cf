using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Codes;
using Orleans.Streams;

namespace GridMesh.Grains.Live;

/// <summary>What a node is to whoever looks at it: its name and its latest numbers.</summary>
internal interface INode
{
    AreaCode Code { get; }

    string Name { get; }

    /// <summary>The parent, or null when the directory has none.</summary>
    AreaCode? Parent { get; }

    AreaSummary Summary { get; }

    ImmutableArray<ChildEntry> Children { get; }

    ChildEntry? Child(AreaCode code);
}

/// <summary>
/// How a grid or an area speaks upwards: summaries to its parent always, its view to the parent and to gateways only
/// while they hold a lease.
/// </summary>
internal sealed class NodePublisher
{
    /// <summary>
    /// How often the last news are sent again soon, at beats that nothing else was sent since: a silo that was killed
    /// took with it what its streams held. After that the summary is sent again only for repair.
    /// </summary>
    private const int RepeatsMax = 2;

    private readonly INode _node;
    private readonly TimeProvider _time;
    private readonly LiveOptions _options;
    private readonly IAreaGrain? _parent;
    private readonly IAsyncStream<AreaFrame> _wall;
    private readonly Func<AreaCode, ChildEntry?> _child;
    private readonly Pacer _rollupPacer;
    private readonly Pacer _wallPacer;
    private readonly Leases _parents = new(MeshStreams.WatchLease);
    private readonly Leases _gateways = new(MeshStreams.WatchLease);
    private readonly FrameSource _toParent;
    private readonly FrameSource _toGateways;
    private readonly long _epoch;
    private long _number;
    private long _reported;
    private (long Number, AreaSummary? Summary) _summed;
    private (long Number, int Times) _repeated;
    private TimeSpan _reportedAt;
    private TimeSpan _framedAt;

    public NodePublisher(
        Grain grain, IGrainFactory grains, INode node, TimeProvider time, LiveOptions options, int frameIntervalMs)
    {
        (_node, _time, _options, _child) = (node, time, options, node.Child);
        _parent = node.Parent is { } parent ? grains.GetGrain<IAreaGrain>(parent.Value) : null;
        _wall = grain.GetStreamProvider(MeshStreams.Provider)
            .GetStream<AreaFrame>(Orleans.Runtime.StreamId.Create(MeshStreams.Wall, node.Code.Value));
        _rollupPacer = new Pacer(
            grain, time, TimeSpan.FromMilliseconds(options.RollupIntervalMs),
            TimeSpan.FromMilliseconds(options.RollupNewsIntervalMs), SendReportAsync);
        _wallPacer = new Pacer(
            grain, time, TimeSpan.FromMilliseconds(frameIntervalMs),
            TimeSpan.FromMilliseconds(options.NewsFrameIntervalMs), SendFrameAsync);
        // Microseconds since 1970: unique enough for one activation after another, and exact in a browser (< 2^53).
        _epoch = (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        _toParent = new FrameSource(node.Code, _epoch);
        _toGateways = new FrameSource(node.Code, _epoch);
    }

    /// <summary>Null while nobody watches.</summary>
    public AreaView? View { get; private set; }

    public ChildReport Report => new(_node.Code, new SummaryVersion(_epoch, _number), Summary, null);

    /// <summary>Added up once for each change; workers' places go out far more often than numbers change.</summary>
    private AreaSummary Summary
    {
        get
        {
            if (_summed.Number != _number || _summed.Summary is null)
                _summed = (_number, _node.Summary);

            return _summed.Summary;
        }
    }

    /// <summary>
    /// The numbers changed, and those of a child if one is named. Ends with <see cref="FlushAsync"/>.
    /// </summary>
    public void TouchSummary(AreaCode? child = null)
    {
        _number++;
        if (View is not null)
        {
            _toParent.TouchSummary();
            _toGateways.TouchSummary(child);
        }
    }

    /// <summary>Sends what changed, each way out at its own pace.</summary>
    public async Task FlushAsync()
    {
        var hasNumbers = _number != _reported;
        if (hasNumbers || (View is not null && _parents.Any && _toParent.IsDirty))
            await _rollupPacer.TouchAsync(hasNumbers || _toParent.HasNews);

        if (View is not null && _gateways.Any && _toGateways.IsDirty)
            await _wallPacer.TouchAsync(_toGateways.HasNews);
    }

    /// <summary>Begins to keep a view, filled by the caller.</summary>
    public AreaView Open()
    {
        View = new AreaView();
        return View;
    }

    /// <summary>Takes the lease; the view has to be open and filled.</summary>
    public AreaSnapshot Watch(Watcher watcher, string holder)
    {
        var outlet = watcher == Watcher.Parent ? _toParent : _toGateways;
        LeasesOf(watcher).Take(holder, _time.GetUptime());
        if (!View!.Sources.Contains(outlet))
            View.Sources.Add(outlet);

        return new AreaSnapshot(
            _node.Code, _node.Name, _node.Code.Tier, _node.Code.Parent, outlet.Epoch, outlet.Version,
            _time.GetUtcNow(), Summary, _node.Children, View.Cards, View.Workers);
    }

    public bool Renew(Watcher watcher, string holder) =>
        View is not null && LeasesOf(watcher).Renew(holder, _time.GetUptime());

    public void Unwatch(Watcher watcher, string holder)
    {
        LeasesOf(watcher).Drop(holder);
        CloseIfUnwatched();
    }

    /// <summary>
    /// The slow duties: lapsed leases, a sign of life to walls, the summary again for a parent that missed it.
    /// </summary>
    public async Task BeatAsync()
    {
        var now = _time.GetUptime();
        _parents.Sweep(now);
        _gateways.Sweep(now);
        CloseIfUnwatched();
        var quiet = now - _reportedAt;
        var isNews = _number != _repeated.Number || _repeated.Times < RepeatsMax;
        var pause = isNews ? Math.Min(_options.BeatSeconds, _options.RepairSeconds) : _options.RepairSeconds;
        if (quiet >= TimeSpan.FromSeconds(pause))
        {
            await SendReportAsync();
            _repeated = (_number, _number == _repeated.Number ? _repeated.Times + 1 : 1);
        }

        if (_gateways.Any && now - _framedAt >= TimeSpan.FromSeconds(_options.BeatSeconds))
            await SendFrameAsync();
    }

    private Leases LeasesOf(Watcher watcher) => watcher == Watcher.Parent ? _parents : _gateways;

    private void CloseIfUnwatched()
    {
        if (View is null)
            return;

        if (!_parents.Any)
            View.Sources.Remove(_toParent);

        if (!_gateways.Any)
            View.Sources.Remove(_toGateways);

        View = View.Sources.Count == 0 ? null : View;
    }

    private Task SendReportAsync()
    {
        (_reported, _reportedAt) = (_number, _time.GetUptime());
        if (_parent is null)
            return Task.CompletedTask;

        var details = View is not null && _parents.Any && _toParent.IsDirty
            ? _toParent.Take(_time.GetUtcNow(), View, Summary, _child)
            : null;
        return _parent.TakeReportAsync(Report with { Details = details });
    }

    private Task SendFrameAsync()
    {
        if (View is null || !_gateways.Any)
            return Task.CompletedTask;

        _framedAt = _time.GetUptime();
        return _wall.OnNextAsync(_toGateways.Take(_time.GetUtcNow(), View, Summary, _child));
    }
}
