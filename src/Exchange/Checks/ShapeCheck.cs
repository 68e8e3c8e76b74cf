using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Geo;
using GridMesh.Exchange.Areas;
using GridMesh.Exchange.Rows;
using NetTopologySuite.Algorithm.Locate;
using NetTopologySuite.Geometries;
using NetTopologySuite.Index.Strtree;
using NetTopologySuite.Operation.Overlay;
using NetTopologySuite.Operation.OverlayNG;
using NetTopologySuite.Operation.Union;
using NetTopologySuite.Operation.Valid;

namespace GridMesh.Exchange.Checks;

/// <summary>
/// Checks polygons and what should lie in them. Surveyed borders never fit to the millimetre, hence the tolerances.
/// </summary>
internal sealed class ShapeCheck
{
    /// <summary>Two grids may overlap by this share of the smaller one.</summary>
    public const double OverlapShareMax = 0.005;

    /// <summary>An area and the union of its parts may differ by this share of the area.</summary>
    public const double CoverageShareMax = 0.01;

    /// <summary>A building or device may stand this far outside its grid, in metres.</summary>
    public const double OutsideMetresMax = 10;

    private const double MetresPerDegree = 111_195;

    private readonly Dictionary<AreaCode, Located<AreaEntry>> _areas;
    private readonly ProblemList _problems;
    private readonly Dictionary<AreaCode, Geometry> _shapes = [];

    public ShapeCheck(Dictionary<AreaCode, Located<AreaEntry>> areas, ProblemList problems)
    {
        (_areas, _problems) = (areas, problems);
        foreach (var row in areas.Values.Where(row => !row.Value.Shape.IsEmpty))
        {
            var shape = AreaGeometry.Of(row.Value.Shape);
            var validity = new IsValidOp(shape);
            if (validity.IsValid)
            {
                _shapes[row.Value.Code] = shape;
            }
            else
            {
                var fault = validity.ValidationError;
                _problems.Add(
                    row, "geometry", $"边界无效，位于 {At(fault.Coordinate)}",
                    $"the polygon is not valid at {At(fault.Coordinate)}: {fault.Message}");
            }
        }
    }

    /// <summary>Grids of one community do not overlap; areas are covered by their parts.</summary>
    public void CheckAreas()
    {
        var parts = _shapes.Keys.Where(code => code.Parent is not null).GroupBy(code => code.Parent!.Value);
        foreach (var siblings in parts)
        {
            AreaCode[] codes = [.. siblings.Order()];
            CheckOverlaps(codes);
            if (_shapes.TryGetValue(siblings.Key, out var whole))
                CheckCoverage(siblings.Key, whole, codes);
        }
    }

    /// <summary>
    /// Everything lies in its grid; where the grid itself is wrong, that is said once and not for each thing.
    /// </summary>
    public void CheckInside<T>(
        IReadOnlyList<Located<T>> things, string file, Func<T, AreaCode> gridOf, Func<T, GeoPoint> positionOf)
    {
        var locators = new Dictionary<AreaCode, IndexedPointInAreaLocator>();
        foreach (var (line, thing) in things)
        {
            var grid = gridOf(thing);
            if (!_shapes.TryGetValue(grid, out var shape))
                continue;

            if (!locators.TryGetValue(grid, out var locator))
                locators[grid] = locator = new IndexedPointInAreaLocator(shape);

            var place = AreaGeometry.Of(positionOf(thing));
            if (locator.Locate(place.Coordinate) == Location.Exterior
                && shape.Distance(place) * MetresPerDegree > OutsideMetresMax)
            {
                _problems.Add(file, line, "lng,lat", $"位置不在网格 {grid} 内", $"the position lies outside the grid {grid}");
            }
        }
    }

    private void CheckOverlaps(AreaCode[] codes)
    {
        var tree = new STRtree<int>();
        for (var i = 0; i < codes.Length; i++)
            tree.Insert(_shapes[codes[i]].EnvelopeInternal, i);

        for (var i = 0; i < codes.Length; i++)
        {
            var shape = _shapes[codes[i]];
            foreach (var j in tree.Query(shape.EnvelopeInternal).Where(j => j > i).Order())
            {
                var other = _shapes[codes[j]];
                var shared = OverlayNGRobust.Overlay(shape, other, SpatialFunction.Intersection).Area;
                if (shared > OverlapShareMax * Math.Min(shape.Area, other.Area))
                {
                    _problems.Add(
                        _areas[codes[j]], "geometry", $"与 {codes[i]} {_areas[codes[i]].Value.Name} 重叠",
                        $"overlaps with {codes[i]} {_areas[codes[i]].Value.Name}");
                }
            }
        }
    }

    private void CheckCoverage(AreaCode code, Geometry whole, AreaCode[] parts)
    {
        var union = UnaryUnionOp.Union(parts.Select(part => _shapes[part]).ToList());
        var difference = OverlayNGRobust.Overlay(whole, union, SpatialFunction.SymDifference).Area;
        if (difference > CoverageShareMax * whole.Area)
        {
            var percent = (100 * difference / whole.Area).ToString(
                "F1", System.Globalization.CultureInfo.InvariantCulture);
            _problems.Add(
                _areas[code], "geometry", $"与下级区域的并集相差 {percent}%",
                $"differs from the union of its parts by {percent} %");
        }
    }

    private static string At(Coordinate place) => FormattableString.Invariant($"{place.X:F6},{place.Y:F6}");
}
