using System.Diagnostics.Metrics;
using GridMesh.Gateway.Plumbing.Health;
using GridMesh.Gateway.Plumbing.Hosting;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace GridMesh.Gateway.Plumbing.Telemetry;

/// <summary>
/// Metrics by OpenTelemetry: <c>/metrics</c> always, in the names that Prometheus gives them; by OTLP, and with traces,
/// when the standard <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set.
/// </summary>
internal static class TelemetrySetup
{
    /// <summary>
    /// Most series of one instrument; what is beyond them is summed up as one (<c>otel_metric_overflow</c>).
    /// </summary>
    public const int SeriesMax = 200;

    /// <summary>The same of what is told by route. Room is taken ahead, about 100 bytes a series.</summary>
    private const int RoutesMax = 1_000;

    public static void AddMeshTelemetry(this WebApplicationBuilder builder)
    {
        var isSent = !string.IsNullOrEmpty(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]);
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource
                .AddService("gridmesh", serviceVersion: ProductVersion.Text).AddEnvironmentVariableDetector())
            .WithMetrics(metrics => Measure(metrics, isSent));
        if (isSent)
        {
            telemetry.WithTracing(traces => traces.AddSource("GridMesh.*", "Microsoft.Orleans.*")
                .AddAspNetCoreInstrumentation().AddHttpClientInstrumentation().AddOtlpExporter());
        }
    }

    public static void MapMetrics(this WebApplication app) =>
        app.MapPrometheusScrapingEndpoint("/metrics").AllowAnonymous().Add(endpoint =>
        {
            var readers = app.Services.GetRequiredService<EndpointOptions>().Metrics;
            var tell = endpoint.RequestDelegate!;
            endpoint.RequestDelegate = context =>
            {
                if (MetricsAccess.IsOpen(readers, context))
                    return tell(context);

                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
            };
        });

    private static void Measure(MeterProviderBuilder metrics, bool isSent)
    {
        metrics.AddMeter("GridMesh.*", "Microsoft.Orleans")
            .AddAspNetCoreInstrumentation().AddHttpClientInstrumentation().AddRuntimeInstrumentation()
            .AddView(Bounded)
            .AddPrometheusExporter(prometheus =>
            {
                // A scrape tells what is now. Names are unique without the meter's.
                prometheus.ScrapeResponseCacheDurationMilliseconds = 0;
                prometheus.ScopeInfoEnabled = false;
            });
        if (isSent)
            metrics.AddOtlpExporter();
    }

    private static MetricStreamConfiguration Bounded(Instrument instrument) => new()
    {
        CardinalityLimit = instrument.Meter.Name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal)
            ? RoutesMax
            : SeriesMax,
    };
}
