using System.Diagnostics;
using GridMesh.Contracts.Buildings;
using GridMesh.Contracts.Workers;
using GridMesh.Product.Fixture;
using Microsoft.Extensions.DependencyInjection;
using Orleans;

namespace GridMesh.Bench.Grains;

/// <summary>How much memory idle workers and buildings take in a product that runs: a million by default.</summary>
internal static class IdleGrainsBench
{
    private const int Batch = 10_000;

    public static async Task<int> RunAsync(string[] args)
    {
        var count = args is ["--count", var text] && int.TryParse(text, out var parsed) ? parsed : 1_000_000;
        await using var app = await MeshApp.StartAsync();
        var client = app.Services.GetRequiredService<IClusterClient>();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var started = Stopwatch.GetTimestamp();
        for (var first = 0; first < count; first += Batch)
            await Task.WhenAll(Enumerable.Range(first, Math.Min(Batch, count - first)).Select(i => Wake(client, i)));

        var took = Stopwatch.GetElapsedTime(started);
        var heap = GC.GetTotalMemory(forceFullCollection: true) - before;
        Console.WriteLine($"{count:N0} idle grains (half workers, half buildings): {heap / 1e6:N0} MB managed heap, "
            + $"{heap / (double)count:N0} bytes each, {count / took.TotalSeconds:N0} activations/s, "
            + $"{Process.GetCurrentProcess().WorkingSet64 / 1e6:N0} MB of the whole process");
        return 0;
    }

    private static Task Wake(IClusterClient client, int i) => i % 2 == 0
        ? client.GetGrain<IWorkerGrain>($"W{i:D8}").GetAsync()
        : client.GetGrain<IBuildingGrain>($"450105{1 + (i / 10_000_000 % 9):D3}{1 + (i / 100_000 % 99):D3}{1 + (i / 1_000 % 99):D3}{1 + (i % 99_999):D5}").GetAsync();
}
