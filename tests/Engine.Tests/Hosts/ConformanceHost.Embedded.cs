using GridMesh.Engine.Tests.Conformance;

namespace GridMesh.Engine.Tests.Hosts;

/// <summary>The engine that this project is built with: the embedded one.</summary>
internal static class ConformanceHost
{
    public static async Task<IConformanceHost> StartAsync() => await EmbeddedHost.StartAsync();
}
