using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Hosting;
using Orleans.TestingHost;

namespace GridMesh.Bench.Engine;

/// <summary>
/// Runs the grains of the benchmark on Orleans: one silo with its own client, or several silos in this process with a
/// client of their gateways, over connections in memory.
/// </summary>
internal sealed class BenchHost : IAsyncDisposable
{
    public const string Engine = "Orleans";

    /// <summary>More than this in one process measures the machine.</summary>
    public const int SilosMax = 8;

    private readonly IAsyncDisposable _running;

    private BenchHost(IClusterClient client, IAsyncDisposable running)
    {
        Client = client;
        _running = running;
    }

    public IClusterClient Client { get; }

    public static async Task<BenchHost> StartAsync(int silos)
    {
        if (silos == 1)
            return await StartOneAsync();
        var builder = new InProcessTestClusterBuilder((short)silos);
        builder.Options.ConfigureFileLogging = false;
        builder.ConfigureSilo((_, silo) => Configure(silo));
        builder.ConfigureHost(host => host.Logging.SetMinimumLevel(LogLevel.Error));
        builder.ConfigureClient(client => client.AddMemoryStreams("bench"));
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new BenchHost(cluster.Client, cluster);
    }

    public ValueTask DisposeAsync() => _running.DisposeAsync();

    private static async Task<BenchHost> StartOneAsync()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.UseOrleans(silo => Configure(silo.UseLocalhostClustering()));
        var host = builder.Build();
        await host.StartAsync();
        return new BenchHost(host.Services.GetRequiredService<IClusterClient>(), new Stopping(host));
    }

    private static void Configure(ISiloBuilder silo) => silo.AddMemoryGrainStorage("PubSubStore").AddMemoryStreams("bench");

    private sealed class Stopping(IHost host) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await host.StopAsync();
            host.Dispose();
        }
    }
}
