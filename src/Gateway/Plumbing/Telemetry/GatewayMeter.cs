using System.Diagnostics.Metrics;

namespace GridMesh.Gateway.Plumbing.Telemetry;

/// <summary>The gateway's own numbers.</summary>
internal static class GatewayMeter
{
    public const string Name = "GridMesh.Gateway";

    private static readonly Meter s_meter = new(Name);

    public static readonly Counter<long> FramesSent = s_meter.CreateCounter<long>("gridmesh.frames.sent");

    public static readonly Counter<long> FramesConflated = s_meter.CreateCounter<long>("gridmesh.frames.conflated");

    public static readonly Counter<long> SlowClientsDropped = s_meter.CreateCounter<long>("gridmesh.clients.dropped");

    public static readonly Histogram<int> FrameBytes = s_meter.CreateHistogram<int>("gridmesh.frame.size", "By");

    public static readonly Counter<long> Positions = s_meter.CreateCounter<long>("gridmesh.positions.accepted");

    public static readonly Counter<long> PositionsRejected = s_meter.CreateCounter<long>("gridmesh.positions.rejected");

    public static readonly Counter<long> UnknownDevices = s_meter.CreateCounter<long>("gridmesh.devices.unknown");

    public static readonly Counter<long> SensorEvents = s_meter.CreateCounter<long>("gridmesh.sensors.accepted");

    public static readonly Histogram<double> Acknowledge = s_meter.CreateHistogram<double>(
        "gridmesh.command.duration", "ms");

    /// <summary>Observes the number of clients that watch, until it is disposed.</summary>
    public static IDisposable Watchers(Func<int> count)
    {
        var meter = new Meter(Name);
        meter.CreateObservableGauge("gridmesh.watchers", count);
        return meter;
    }
}
