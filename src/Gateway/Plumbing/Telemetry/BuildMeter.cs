using System.Diagnostics.Metrics;
using GridMesh.Gateway.Plumbing.Health;

namespace GridMesh.Gateway.Plumbing.Telemetry;

/// <summary>Which build runs, as the label of a number that is always 1: <c>gridmesh_build_info</c>.</summary>
internal sealed class BuildMeter : IDisposable
{
    private readonly Meter _meter = new(GatewayMeter.Name);

    public BuildMeter() => _meter.CreateObservableGauge(
        "gridmesh.build.info",
        () => new Measurement<int>(1, KeyValuePair.Create<string, object?>("version", ProductVersion.Text)));

    public void Dispose() => _meter.Dispose();
}
