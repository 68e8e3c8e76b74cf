using GridMesh.Engine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;

namespace GridMesh.Bench.Engine;

/// <summary>Runs the grains of the benchmark on the embedded engine.</summary>
internal sealed class BenchHost : IAsyncDisposable
{
    public const string Engine = "embedded engine";

    /// <summary>It is one process; beyond one there is Orleans.</summary>
    public const int SilosMax = 1;

    private readonly IHost _host;

    private BenchHost(IHost host) => _host = host;

    public IClusterClient Client => _host.Services.GetRequiredService<IClusterClient>();

    public static async Task<BenchHost> StartAsync(int silos)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(silos, SilosMax);
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddEmbeddedEngine(null, typeof(EngineBench).Assembly);
        var host = builder.Build();
        await host.StartAsync();
        return new BenchHost(host);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
