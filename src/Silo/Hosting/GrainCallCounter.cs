using System.Diagnostics.Metrics;

namespace GridMesh.Silo.Hosting;

/// <summary>
/// Counts what grains are asked, by kind and method, where <c>GridMesh:Cluster:CountCalls</c> asks for it: what Orleans
/// measures by itself does not tell one method from another.
/// </summary>
internal sealed class GrainCallCounter : IIncomingGrainCallFilter
{
    private static readonly Meter s_meter = new("GridMesh.Silo");

    private static readonly Counter<long> s_calls = s_meter.CreateCounter<long>("gridmesh.grain.calls");

    public Task Invoke(IIncomingGrainCallContext context)
    {
        s_calls.Add(
            1, new("grain", context.TargetId.Type.ToString()),
            new("method", $"{context.InterfaceName}.{context.MethodName}"));
        return context.Invoke();
    }
}
