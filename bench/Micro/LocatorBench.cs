using BenchmarkDotNet.Attributes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Geo;
using GridMesh.Gateway.Directory;

namespace GridMesh.Bench.Micro;

/// <summary>Which grid lies at a position: once for each position that comes in.</summary>
public class LocatorBench
{
    private const int Points = 1_024;

    private readonly GridLocator _locator = new(new Fixed());
    private readonly GeoPoint[] _points = new GeoPoint[Points];
    private int _next;

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        for (var i = 0; i < Points; i++)
        {
            var ring = District.Grids[random.Next(District.Grids.Length)].Shape.Polygons[0][0];
            _points[i] = new GeoPoint(ring.Average(point => point.Lng), ring.Average(point => point.Lat));
        }
    }

    [Benchmark]
    public object? GridAt() => _locator.GridAt(_points[_next++ % Points]);

    private sealed class Fixed : IDirectory
    {
        public DirectoryView Current => District.View;
    }
}
