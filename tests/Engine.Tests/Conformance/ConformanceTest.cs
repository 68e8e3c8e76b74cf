using GridMesh.Engine.Tests.Hosts;
using Orleans;

namespace GridMesh.Engine.Tests.Conformance;

/// <summary>A host of its own for each test, on the engine that this project is built with.</summary>
public abstract class ConformanceTest : IAsyncLifetime
{
    protected IConformanceHost Host { get; private set; } = null!;

    protected Probe Probe => Host.Probe;

    public async ValueTask InitializeAsync() => Host = await ConformanceHost.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected T Grain<T>(string key)
        where T : IGrainWithStringKey => Host.Client.GetGrain<T>(key);
}
