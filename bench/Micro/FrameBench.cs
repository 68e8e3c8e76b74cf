using System.Text.Json;
using BenchmarkDotNet.Attributes;
using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Json;
using GridMesh.Gateway.Areas;

namespace GridMesh.Bench.Micro;

/// <summary>A frame is serialised once for everybody; for a slow client two become one.</summary>
public class FrameBench
{
    private readonly AreaFrame _first = District.Frame(10, 1);
    private readonly AreaFrame _second = District.Frame(11, 3);

    [Benchmark]
    public byte[] Serialise() => JsonSerializer.SerializeToUtf8Bytes(_first, MeshJson.Options);

    [Benchmark]
    public AreaFrame Merge() => FrameMerge.Merge([_first, _second]);
}
