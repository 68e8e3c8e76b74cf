using System.Diagnostics;
using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Buildings;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Storage;
using GridMesh.Contracts.Workers;
using GridMesh.Engine;
using GridMesh.Grains.Directory;
using GridMesh.Grains.Live;
using GridMesh.Product.Fixture.Simulated;
using GridMesh.Gateway.Directory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;

namespace GridMesh.Bench.Grains;

/// <summary>How much managed heap idle workers and buildings take: GridMesh's own kinds, a million by default.</summary>
internal static class IdleGrainsBench
{
    private const int Batch = 10_000;

    public static async Task<int> RunAsync(string[] args)
    {
        var count = args is ["--count", var text] && int.TryParse(text, out var parsed) ? parsed : 1_000_000;
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.ClearProviders();
        var journal = new MemoryJournal();
        var services = builder.Services;
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<IJournal>(journal).AddSingleton<ICaseIndex>(journal).AddSingleton<ITrackStore, DoorTracks>();
        services.AddSingleton<IDirectory>(new LiveDirectory()).AddSingleton<DirectoryRules>();
        services.AddSingleton(Microsoft.Extensions.Options.Options.Create(new LiveOptions()));
        services.AddEmbeddedEngine(engine => engine.CollectionAge = TimeSpan.FromHours(1), typeof(LiveOptions).Assembly);
        using var host = builder.Build();
        await host.StartAsync();
        var client = host.Services.GetRequiredService<IClusterClient>();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var started = Stopwatch.GetTimestamp();
        for (var first = 0; first < count; first += Batch)
        {
            await Task.WhenAll(Enumerable.Range(first, Math.Min(Batch, count - first)).Select(i => Wake(client, i)));
        }

        var took = Stopwatch.GetElapsedTime(started);
        var heap = GC.GetTotalMemory(forceFullCollection: true) - before;
        Console.WriteLine($"{count:N0} idle grains (half workers, half buildings): {heap / 1e6:N0} MB managed heap, "
            + $"{heap / (double)count:N0} bytes each, {count / took.TotalSeconds:N0} activations/s");
        await host.StopAsync();
        return 0;
    }

    private static Task Wake(IClusterClient client, int i) => i % 2 == 0
        ? client.GetGrain<IWorkerGrain>($"W{i:D8}").GetAsync()
        : client.GetGrain<IBuildingGrain>($"450105{1 + (i / 10_000_000 % 9):D3}{1 + (i / 100_000 % 99):D3}{1 + (i / 1_000 % 99):D3}{1 + (i % 99_999):D5}").GetAsync();
}
