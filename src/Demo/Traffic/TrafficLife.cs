using GridMesh.Contracts.Directory;
using GridMesh.Demo.World;

namespace GridMesh.Demo.Traffic;

/// <summary>
/// The traffic over one directory: picked up once, then driven tick by tick by whoever keeps the clock.
/// </summary>
internal sealed class TrafficLife
{
    /// <summary>After a long halt of the machine no more than this is made up for.</summary>
    private static readonly TimeSpan s_catchUpMax = TimeSpan.FromSeconds(2);

    private readonly TimeProvider _time;
    private readonly FailureLog _failures;
    private readonly ShiftStream _shifts;
    private readonly PatrolStream _patrols;
    private readonly PositionStream _positions;
    private readonly CaseStream _cases;
    private readonly SensorStream _sensors;
    private readonly PublicReporting _doors;
    private readonly WatchStream _watches;
    private readonly VisitStream _visits;
    private readonly ServiceStream _services;
    private DateTimeOffset _last;

    public TrafficLife(
        TrafficWorld world, TrafficClient client, DemoOptions options, FailureLog failures, TimeProvider time)
    {
        (_time, _failures, _last) = (time, failures, time.GetUtcNow());
        World = world;
        var context = new TrafficContext(world, client, options, failures, _last);
        _shifts = new ShiftStream(context);
        _patrols = new PatrolStream(context, _shifts);
        _positions = new PositionStream(context, _shifts, _patrols);
        _doors = new PublicReporting(context);
        _cases = new CaseStream(context, _doors, time);
        _shifts.HandedOver = _cases.HandedOver;
        _watches = new WatchStream(context);
        _visits = new VisitStream(context);
        _services = new ServiceStream(context);
        _sensors = new SensorStream(context, _cases);
    }

    public TrafficWorld World { get; }

    /// <summary>Open cases that are being driven.</summary>
    public int Cases => _cases.Count;

    /// <summary>True while this is the directory in force.</summary>
    public bool IsOf(DirectoryView view) => World.View == view;

    /// <summary>Learns who is on duty and what is open.</summary>
    /// <exception cref="UnreachableException">The server is away.</exception>
    public async Task ResumeAsync(CancellationToken cancellation)
    {
        await _shifts.ResumeAsync(cancellation);
        await _patrols.ResumeAsync(cancellation);
        await _cases.ResumeAsync(cancellation);
        await _watches.ResumeAsync(cancellation);
        await _visits.ResumeAsync(cancellation);
        await _services.ResumeAsync(cancellation);
        _last = _time.GetUtcNow();
    }

    public void Tick(CancellationToken cancellation)
    {
        var now = _time.GetUtcNow();
        var sinceLast = now - _last < s_catchUpMax ? now - _last : s_catchUpMax;
        _last = now;
        _shifts.Tick(now, cancellation);
        _positions.Tick(now, sinceLast, cancellation);
        _sensors.Tick(now, sinceLast, cancellation);
        _cases.Tick(now, sinceLast, cancellation);
        _doors.Tick(now, cancellation);
        _watches.Tick(now, sinceLast, cancellation);
        _visits.Tick(now, sinceLast, cancellation);
        _services.Tick(now, sinceLast, cancellation);
        _failures.Flush();
    }

    /// <summary>Ends when nothing is on its way any more.</summary>
    public Task DrainAsync() =>
        Task.WhenAll(
            _shifts.DrainAsync(), _patrols.DrainAsync(), _positions.DrainAsync(), _sensors.DrainAsync(),
            _cases.DrainAsync(), _doors.DrainAsync(), _watches.DrainAsync(), _visits.DrainAsync(),
            _services.DrainAsync());
}
