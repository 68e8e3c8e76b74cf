using System.Globalization;
using GridMesh.Product.Fixture;
using GridMesh.Silo.Fixture;

namespace GridMesh.Silo.Tests.Hosting;

/// <summary>
/// The demo as it is first run. In a process of its own: instruments of one name in several hosts of a process would be
/// one metric.
/// </summary>
public sealed class DemoProcessTests : IDisposable
{
    private static readonly string[] s_read =
    [
        "dotnet_process_memory_working_set_bytes", "dotnet_process_cpu_time_seconds_total",
        "dotnet_gc_pause_time_seconds_total", "dotnet_thread_pool_queue_length_total", "kestrel_active_connections",
        "http_server_request_duration_seconds_bucket", "orleans_catalog_activations", "orleans_consistent_ring_size",
        "orleans_reminders_active", "orleans_catalog_activation_created_total", "orleans_grains",
        "orleans_app_requests_latency_milliseconds_count", "gridmesh_watchers",
    ];

    /// <summary>Of its starting stock; every third is a resident's.</summary>
    private const int Reports = 60;

    private const string Cases = "gridmesh_demo_cases_total";
    private const string Failures = "gridmesh_demo_failures_total";

    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"gridmesh-{Guid.NewGuid():N}");

    [Fact(DisplayName = "[DP7, DE27] what .NET, ASP.NET Core and Orleans measure is in /metrics by the names that dashboard and alerts read, and nothing that the demo asks is refused")]
    public async Task Demo()
    {
        await using var silo = await SiloProcess.ServeAsync(
            _folder, null, SiloProcess.Set("GridMesh:Demo:Enabled=true"));
        using var http = new HttpClient { BaseAddress = silo.Url };
        (await http.GetAsync("/healthz/ready")).EnsureSuccessStatusCode();
        await Eventually.TrueAsync(
            async () => await SumAsync(http, Cases) + await SumAsync(http, Failures) >= Reports, "cases were reported");
        var lines = await LinesAsync(http);
        s_read.Where(name => !lines.Any(line => line.StartsWith(name, StringComparison.Ordinal))).ShouldBeEmpty();
        (await SumAsync(http, "gridmesh_demo_commands_total")).ShouldBePositive();
        (await SumAsync(http, Failures)).ShouldBe(0, silo.Output);
    }

    public void Dispose()
    {
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }

    private static async Task<string[]> LinesAsync(HttpClient http) =>
        (await http.GetStringAsync("/metrics")).Split('\n');

    private static async Task<double> SumAsync(HttpClient http, string metric) => (await LinesAsync(http))
        .Where(line => line.StartsWith($"{metric}{{", StringComparison.Ordinal))
        .Sum(line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
}
