using System.Diagnostics;
using Orleans;
using Orleans.Runtime;

namespace GridMesh.Bench.Engine;

/// <summary>Measures the engine of this build on the grains of <see cref="BenchGrain"/>.</summary>
internal sealed class EngineBench(IClusterClient client, TimeSpan duration)
{
    private const int Callers = 64;
    private const int Grains = 1_000;
    private const int IdleGrains = 200_000;
    private const int Hops = 20_000;
    private const int CallsPerRequest = 1_000;

    // Hops are slow on Orleans, where queues are read ten times a second; they get as much time as gives a p99.
    private const int HopDurations = 10;

    private int _batch;

    public static async Task<int> RunAsync(string[] args)
    {
        if (!TryRead(args, out var seconds, out var silos) || silos > BenchHost.SilosMax)
        {
            Console.Error.WriteLine($"engine [--seconds 3] [--silos 1], at most {BenchHost.SilosMax} on the {BenchHost.Engine}");
            return 1;
        }

        await using var host = await BenchHost.StartAsync(silos);
        var bench = new EngineBench(host.Client, TimeSpan.FromSeconds(seconds));
        Console.WriteLine($"{BenchHost.Engine}, {silos} silo(s), {Environment.ProcessorCount} processors, "
            + $".NET {Environment.Version}, {seconds} s each");
        await bench.CallsAsync();
        if (silos == 1)
            await bench.OneSiloAsync();
        return 0;
    }

    private static bool TryRead(string[] args, out int seconds, out int silos)
    {
        (seconds, silos) = (3, 1);
        for (var i = 0; i < args.Length; i += 2)
        {
            if (i + 1 == args.Length || !int.TryParse(args[i + 1], out var number) || number < 1)
                return false;
            if (args[i] == "--seconds")
                seconds = number;
            else if (args[i] == "--silos")
                silos = number;
            else
                return false;
        }

        return true;
    }

    private async Task CallsAsync()
    {
        await CallsAsync(Grains, grain => grain.Add(1), TimeSpan.FromSeconds(1));
        Row("calls/s, 64 callers, 1,000 grains", await CallsAsync(Grains, grain => grain.Add(1), duration));
        Row("calls/s, the grain suspends once", await CallsAsync(Grains, grain => grain.AddLater(1), duration));
        Row("calls/s, 64 callers, one grain", await CallsAsync(1, grain => grain.Add(1), duration));
        Row("calls/s, grain to grain, one chain", await GrainToGrainAsync(1));
        Row("calls/s, grain to grain, 64 chains", await GrainToGrainAsync(Callers));
        await ActivationsAsync(TimeSpan.FromSeconds(1));
        Row("activations/s", await ActivationsAsync(duration));
    }

    /// <summary>What is measured within one process and its one memory.</summary>
    private async Task OneSiloAsync()
    {
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
        var micros = new List<double>(Hops);
        var clock = Stopwatch.StartNew();
        while (micros.Count < Hops && clock.Elapsed < duration * HopDurations)
        {
            var arrival = Hop.Expect(micros.Count);
            var sent = Stopwatch.GetTimestamp();
            await stream.OnNextAsync(new Hop(micros.Count));
            micros.Add(Stopwatch.GetElapsedTime(sent, await arrival).TotalMicroseconds);
        }

        micros.Sort();
        Row("stream hop p50, µs", micros[micros.Count / 2]);
        Row("stream hop p99, µs", micros[micros.Count * 99 / 100]);
    }
}
