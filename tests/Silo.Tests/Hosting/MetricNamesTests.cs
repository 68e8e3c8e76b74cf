using GridMesh.Silo.Fixture;

namespace GridMesh.Silo.Tests.Hosting;

/// <summary>In a process of its own: instruments of one name in several hosts of a process would be one metric.</summary>
public sealed class MetricNamesTests : IDisposable
{
    private static readonly string[] s_read =
    [
        "dotnet_process_memory_working_set_bytes", "dotnet_process_cpu_time_seconds_total",
        "dotnet_gc_pause_time_seconds_total", "dotnet_thread_pool_queue_length_total", "kestrel_active_connections",
        "http_server_request_duration_seconds_bucket", "orleans_catalog_activations", "orleans_consistent_ring_size",
        "orleans_reminders_active", "orleans_catalog_activation_created_total", "orleans_grains",
        "orleans_app_requests_latency_milliseconds_count", "gridmesh_watchers",
    ];

    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"gridmesh-{Guid.NewGuid():N}");

    [Fact(DisplayName = "[DP7] what .NET, ASP.NET Core and Orleans measure is in /metrics by the names that dashboard and alerts read")]
    public async Task Names()
    {
        await using var silo = await SiloProcess.ServeAsync(_folder, null, SiloProcess.Set("GridMesh:Demo:Enabled=true"));
        using var http = new HttpClient { BaseAddress = silo.Url };
        (await http.GetAsync("/healthz/ready")).EnsureSuccessStatusCode();
        var lines = (await http.GetStringAsync("/metrics")).Split('\n');
        s_read.Where(name => !lines.Any(line => line.StartsWith(name, StringComparison.Ordinal))).ShouldBeEmpty();
    }

    public void Dispose()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }
}
