using Orleans;

namespace GridMesh.Engine.Hosting;

/// <summary>The way into the grains for the rest of the process.</summary>
internal sealed class EngineClient(GrainEngine engine) : IClusterClient
{
    public GrainEngine Engine { get; } = engine;

    public IServiceProvider ServiceProvider => Engine.Services;

    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey =>
        Engine.Factory.GetGrain<TGrainInterface>(primaryKey, grainClassNamePrefix);

    public IGrain GetGrain(Type grainInterfaceType, string grainPrimaryKey) =>
        Engine.Factory.GetGrain(grainInterfaceType, grainPrimaryKey);
}
