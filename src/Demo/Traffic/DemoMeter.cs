using System.Diagnostics.Metrics;

namespace GridMesh.Demo.Traffic;

/// <summary>What the demo did, meter <c>GridMesh.Demo</c>.</summary>
internal static class DemoMeter
{
    private static readonly Meter s_meter = new("GridMesh.Demo");

    public static readonly Counter<long> Positions = s_meter.CreateCounter<long>("gridmesh.demo.positions");

    public static readonly Counter<long> Doors = s_meter.CreateCounter<long>("gridmesh.demo.doors");

    public static readonly Counter<long> Cases = s_meter.CreateCounter<long>("gridmesh.demo.cases");

    public static readonly Counter<long> Commands = s_meter.CreateCounter<long>("gridmesh.demo.commands");

    public static readonly Counter<long> Failures = s_meter.CreateCounter<long>("gridmesh.demo.failures");
}
