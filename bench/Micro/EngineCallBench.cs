using BenchmarkDotNet.Attributes;
using GridMesh.Bench.Engine;

namespace GridMesh.Bench.Micro;

/// <summary>A call to a grain that is there, on the engine of this build.</summary>
public class EngineCallBench
{
    private BenchHost _host = null!;
    private IBenchGrain _grain = null!;

    [GlobalSetup]
    public async Task SetupAsync()
    {
        _host = await BenchHost.StartAsync(1);
        _grain = _host.Client.GetGrain<IBenchGrain>("micro");
        await _grain.Add(1);
    }

    [Benchmark]
    public Task<int> Call() => _grain.Add(1);

    [Benchmark]
    public Task<int> CallThatSuspends() => _grain.AddLater(1);

    [GlobalCleanup]
    public async Task CleanupAsync() => await _host.DisposeAsync();
}
