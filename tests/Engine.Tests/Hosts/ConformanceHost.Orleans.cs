using GridMesh.Engine.Tests.Conformance;

namespace GridMesh.Engine.Tests.Hosts;

/// <summary>The engine that this project is built with: Orleans.</summary>
internal static class ConformanceHost
{
    public static async Task<IConformanceHost> StartAsync() => await OrleansHost.StartAsync();
}
