using BenchmarkDotNet.Attributes;
using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Codes;
using GridMesh.Grains.Areas;

namespace GridMesh.Bench.Micro;

/// <summary>A parent takes a child's summary and says its sum: at every tier for every change.</summary>
public class RollupBench
{
    private readonly AreaRollup _rollup = new();
    private readonly AreaSummary[] _summaries = [.. Enumerable.Range(0, 64).Select(District.Summary)];
    private readonly AreaCode[] _children = [.. District.Grids.Take(64).Select(grid => grid.Code)];
    private long _number;

    [Benchmark]
    public bool Apply()
    {
        var i = (int)(_number++ % 64);
        return _rollup.Apply(
            new ChildReport(_children[i], new SummaryVersion(1, _number), _summaries[(i + (_number / 64)) % 64], null));
    }

    [Benchmark]
    public AreaSummary Sum() => _rollup.Sum;
}
