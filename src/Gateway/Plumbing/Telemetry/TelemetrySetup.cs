using GridMesh.Gateway.Plumbing.Health;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace GridMesh.Gateway.Plumbing.Telemetry;

/// <summary>
/// OTLP export of metrics and traces when the standard <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set; <c>/metrics</c>
/// always.
/// </summary>
internal sealed class TelemetrySetup(IConfiguration configuration) : IHostedService
{
    private MeterProvider? _meters;
    private TracerProvider? _traces;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (!string.IsNullOrEmpty(configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            var resource = ResourceBuilder.CreateDefault().AddService("gridmesh", serviceVersion: ProductVersion.Text)
                .AddEnvironmentVariableDetector();
            _meters = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource)
                .AddMeter("GridMesh.*", "Microsoft.AspNetCore.*", "Microsoft.Orleans", "System.Runtime")
                .AddOtlpExporter().Build();
            _traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource)
                .AddSource("GridMesh.*", "Microsoft.AspNetCore", "Microsoft.Orleans.*").AddOtlpExporter().Build();
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _meters?.Dispose();
        _traces?.Dispose();
        return Task.CompletedTask;
    }
}
