using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Geo;
using GridMesh.Exchange.Areas;
using NetTopologySuite.Algorithm.Locate;
using NetTopologySuite.Geometries;
using NetTopologySuite.Index.Strtree;

namespace GridMesh.Gateway.Directory;

/// <summary>Which grid lies at a point. Built once for the areas that are alive.</summary>
internal sealed class GridLocator(IDirectory directory)
{
    private const double MetresPerDegree = 111_000;

    /// <summary>Nearer to the poles a degree of longitude is taken for no shorter.</summary>
    private const double CosineMin = 0.01;

    private volatile Built? _built;

    /// <summary>
    /// Null where no grid is. On a shared border the lower code wins, so the answer is always the same.
    /// </summary>
    public AreaCode? GridAt(GeoPoint point) => Current.GridAt(point);

    /// <summary>Grids that a circle may touch: those whose bounding box it meets.</summary>
    public IEnumerable<AreaCode> GridsNear(GeoPoint point, double metres) => Current.GridsNear(point, metres);

    private Built Current
    {
        get
        {
            // Other rules over the same areas change nothing here.
            var areas = directory.Current.Data.Areas;
            var built = _built;
            if (built?.Areas != areas)
                _built = built = new Built(areas);

            return built;
        }
    }

    private sealed class Built
    {
        private readonly STRtree<(AreaCode Code, IndexedPointInAreaLocator Shape)> _tree = new();

        public Built(ImmutableArray<AreaEntry> areas)
        {
            Areas = areas;
            foreach (var area in areas.Where(area => area.Code.Tier == Tier.Grid && !area.Shape.IsEmpty))
            {
                var shape = AreaGeometry.Of(area.Shape);
                _tree.Insert(shape.EnvelopeInternal, (area.Code, new IndexedPointInAreaLocator(shape)));
            }

            _tree.Build();
        }

        public ImmutableArray<AreaEntry> Areas { get; }

        public IEnumerable<AreaCode> GridsNear(GeoPoint point, double metres)
        {
            var box = new Envelope(AreaGeometry.CoordinateOf(point));
            var degrees = metres / MetresPerDegree;
            box.ExpandBy(degrees / Math.Max(CosineMin, Math.Cos(double.DegreesToRadians(point.Lat))), degrees);
            return _tree.Query(box).Select(found => found.Code).Order();
        }

        public AreaCode? GridAt(GeoPoint point)
        {
            var place = AreaGeometry.CoordinateOf(point);
            AreaCode? found = null;
            foreach (var (code, shape) in _tree.Query(new Envelope(place)))
            {
                if (shape.Locate(place) != Location.Exterior && (found is not { } held || code.CompareTo(held) < 0))
                    found = code;
            }

            return found;
        }
    }
}
