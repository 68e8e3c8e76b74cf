using GridMesh.Engine.Activations;
using GridMesh.Engine.Hosting;
using Orleans.Streams;

namespace Orleans;

/// <summary>Streams for grains.</summary>
public static class GrainStreamingExtensions
{
    /// <summary>The streams of this provider; the embedded engine has one hub and accepts any name.</summary>
    public static IStreamProvider GetStreamProvider(this Grain grain, string name) =>
        GetStreamProvider((IGrainBase)grain, name);

    /// <inheritdoc cref="GetStreamProvider(Grain, string)"/>
    public static IStreamProvider GetStreamProvider(this IGrainBase grain, string name) =>
        ((Activation)grain.GrainContext).Kind.Engine.Streams.Provider(name, (Activation)grain.GrainContext);
}

/// <summary>Streams for code outside the grains.</summary>
public static class ClientStreamingExtensions
{
    /// <summary>The streams of this provider; the embedded engine has one hub and accepts any name.</summary>
    public static IStreamProvider GetStreamProvider(this IClusterClient client, string name) =>
        client is EngineClient own
            ? own.Engine.Streams.Provider(name)
            : throw new ArgumentException("This client does not belong to the embedded engine.", nameof(client));
}
