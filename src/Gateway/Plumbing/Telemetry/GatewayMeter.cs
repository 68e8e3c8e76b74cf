using System.Diagnostics.Metrics;

namespace GridMesh.Gateway.Plumbing.Telemetry;

/// <summary>The gateway's own numbers.</summary>
internal static class GatewayMeter
{
    public const string Name = "GridMesh.Gateway";

    private static readonly Meter s_meter = new(Name);

    /// <summary>Bounds in ms: close where people would begin to wait, so that a p99 can be told.</summary>
    private static readonly double[] s_durations =
        [1, 2, 3, 5, 7.5, 10, 15, 20, 30, 50, 75, 100, 150, 200, 300, 500, 750, 1_000, 2_000, 5_000, 10_000];

    private static readonly int[] s_sizes =
        [100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000, 1_000_000];

    public static readonly Counter<long> FramesSent = s_meter.CreateCounter<long>("gridmesh.frames.sent");

    public static readonly Counter<long> FramesConflated = s_meter.CreateCounter<long>("gridmesh.frames.conflated");

    public static readonly Counter<long> SlowClientsDropped = s_meter.CreateCounter<long>("gridmesh.clients.dropped");

    public static readonly Histogram<int> FrameBytes = s_meter.CreateHistogram(
        "gridmesh.frame.size", "By", advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = s_sizes });

    /// <summary>How old a frame is when the client's side has it: sampled, each slow one included.</summary>
    public static readonly Histogram<double> FrameAge = s_meter.CreateHistogram(
        "gridmesh.frame.age", "ms", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = s_durations });

    public static readonly Counter<long> Positions = s_meter.CreateCounter<long>("gridmesh.positions.accepted");

    public static readonly Counter<long> PositionsRejected = s_meter.CreateCounter<long>("gridmesh.positions.rejected");

    public static readonly Counter<long> UnknownDevices = s_meter.CreateCounter<long>("gridmesh.devices.unknown");

    public static readonly Counter<long> SensorEvents = s_meter.CreateCounter<long>("gridmesh.sensors.accepted");

    public static readonly Histogram<double> Acknowledge = s_meter.CreateHistogram(
        "gridmesh.command.duration", "ms",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = s_durations });

    /// <summary>Observes the number of clients that watch, until it is disposed.</summary>
    public static IDisposable Watchers(Func<int> count)
    {
        var meter = new Meter(Name);
        meter.CreateObservableGauge("gridmesh.watchers", count);
        return meter;
    }
}
