using System.Diagnostics;
using GridMesh.Engine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;

namespace GridMesh.Bench.Engine;

/// <summary>Measures the embedded engine on the grains of <see cref="BenchGrain"/>.</summary>
internal sealed class EngineBench(IClusterClient client, TimeSpan duration)
{
    private const int Callers = 64;
    private const int Grains = 1_000;
    private const int IdleGrains = 200_000;
    private const int Hops = 20_000;
    private const int CallsPerRequest = 1_000;

    private int _batch;

    public static async Task<int> RunAsync(string[] args)
    {
        var seconds = args is ["--seconds", var text] && int.TryParse(text, out var given) && given > 0 ? given : 3;
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddEmbeddedEngine(null, typeof(EngineBench).Assembly);
        using var host = builder.Build();
        await host.StartAsync();
        var bench = new EngineBench(host.Services.GetRequiredService<IClusterClient>(), TimeSpan.FromSeconds(seconds));
        await bench.AllAsync();
        await host.StopAsync();
        return 0;
    }

    private async Task AllAsync()
    {
        Console.WriteLine($"{Environment.ProcessorCount} processors, .NET {Environment.Version}, {duration.TotalSeconds:0} s each");
        await CallsAsync(Grains, grain => grain.Add(1), TimeSpan.FromSeconds(1));
        Row("calls/s, 64 callers, 1,000 grains", await CallsAsync(Grains, grain => grain.Add(1), duration));
        Row("calls/s, the grain suspends once", await CallsAsync(Grains, grain => grain.AddLater(1), duration));
        Row("calls/s, 64 callers, one grain", await CallsAsync(1, grain => grain.Add(1), duration));
        Row("calls/s, grain to grain, one chain", await GrainToGrainAsync(1));
        Row("calls/s, grain to grain, 64 chains", await GrainToGrainAsync(Callers));
        await ActivationsAsync(TimeSpan.FromSeconds(1));
        Row("activations/s", await ActivationsAsync(duration));
        Row("bytes per idle grain", await BytesPerGrainAsync());
        await HopsAsync();
    }

    private static void Row(string what, double value) => Console.WriteLine($"{what,-40}{value,16:N0}");

    private async Task<double> CallsAsync(int grains, Func<IBenchGrain, Task<int>> call, TimeSpan time)
    {
        var targets = Enumerable.Range(0, grains).Select(i => client.GetGrain<IBenchGrain>($"c{i}")).ToArray();
        var clock = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
        {
            var count = 0L;
            for (var i = caller; clock.Elapsed < time; i++, count++)
                await call(targets[(i * 7) % grains]);
            return count;
        })));
        return counts.Sum() / clock.Elapsed.TotalSeconds;
    }

    private async Task<double> GrainToGrainAsync(int chains)
    {
        var clock = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(0, chains).Select(chain => Task.Run(async () =>
        {
            var first = client.GetGrain<IBenchGrain>($"from{chain}");
            var count = 0L;
            for (; clock.Elapsed < duration; count += CallsPerRequest)
                await first.CallOther($"to{chain}", CallsPerRequest);
            return count;
        })));
        return counts.Sum() / clock.Elapsed.TotalSeconds;
    }

    private async Task<double> ActivationsAsync(TimeSpan time)
    {
        var batch = _batch++;
        var clock = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(0, Environment.ProcessorCount).Select(caller => Task.Run(async () =>
        {
            var count = 0L;
            for (; clock.Elapsed < time; count++)
                await client.GetGrain<IBenchGrain>($"a{batch}-{caller}-{count}").Add(1);
            return count;
        })));
        return counts.Sum() / clock.Elapsed.TotalSeconds;
    }

    private async Task<double> BytesPerGrainAsync()
    {
        var keys = Enumerable.Range(0, IdleGrains).Select(i => $"idle{i}").ToArray();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        foreach (var key in keys)
            await client.GetGrain<IBenchGrain>(key).Add(1);
        var after = GC.GetTotalMemory(forceFullCollection: true);
        GC.KeepAlive(keys);
        return (after - before) / (double)IdleGrains;
    }

    private async Task HopsAsync()
    {
        var stream = client.GetStreamProvider("bench").GetStream<Hop>(StreamId.Create("hops", "one"));
        var micros = new double[Hops];
        for (var i = 0; i < Hops; i++)
        {
            var hop = new Hop(new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously));
            var sent = Stopwatch.GetTimestamp();
            await stream.OnNextAsync(hop);
            micros[i] = Stopwatch.GetElapsedTime(sent, await hop.Arrived.Task).TotalMicroseconds;
        }

        Array.Sort(micros);
        Row("stream hop p50, µs", micros[Hops / 2]);
        Row("stream hop p99, µs", micros[Hops * 99 / 100]);
    }
}
