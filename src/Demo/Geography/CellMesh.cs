using NetTopologySuite.Geometries;
using NetTopologySuite.Triangulate;
using NetTopologySuite.Triangulate.QuadEdge;

namespace GridMesh.Demo.Geography;

/// <summary>The border between two cells, computed once: both sides get the same points.</summary>
/// <param name="From">Number of the corner that the points begin at.</param>
/// <param name="To">Number of the corner that they end at.</param>
/// <param name="One">A cell on one side.</param>
/// <param name="Other">The cell on the other side.</param>
/// <param name="Points">From corner to corner, both included.</param>
internal sealed record Border(int From, int To, int One, int Other, Spot[] Points);

/// <summary>
/// Voronoi cells as a net of corners and borders. Corners are circumcentres of Delaunay's triangles, borders lie across
/// its edges, so who borders on whom is known and never guessed from coordinates.
/// </summary>
internal sealed class CellMesh
{
    private CellMesh(IReadOnlyList<Border> borders, IReadOnlyList<int>[] neighbours) =>
        (Borders, Neighbours) = (borders, neighbours);

    public IReadOnlyList<Border> Borders { get; }

    /// <summary>Cells that share a border with a cell.</summary>
    public IReadOnlyList<int>[] Neighbours { get; }

    /// <param name="inside">Cells that are wanted: borders that touch none of them are left out.</param>
    public static CellMesh Build(Spot[] sites, int inside, BorderNoise noise, Plane plane)
    {
        var numbers = new Dictionary<(double, double), int>(sites.Length);
        for (var i = 0; i < sites.Length; i++)
            numbers[(sites[i].X, sites[i].Y)] = i;

        var sides = new Dictionary<(int, int), (int First, int Second)>();
        var corners = new List<Spot>();
        foreach (var triangle in Triangles(sites))
        {
            var (a, b, c) = (Number(triangle[0]), Number(triangle[1]), Number(triangle[2]));
            var corner = corners.Count;
            corners.Add(plane.Snap(Circumcentre(sites[a], sites[b], sites[c])));
            Join(a, b, corner);
            Join(b, c, corner);
            Join(c, a, corner);
        }

        var neighbours = sites.Select(_ => new List<int>()).ToArray();
        var borders = new List<Border>();
        foreach (var ((one, other), (first, second)) in sides)
        {
            if (second < 0 || (one >= inside && other >= inside))
                continue;

            var points = noise.Draw(corners[first], corners[second], sites[one], sites[other]);
            borders.Add(new Border(first, second, one, other, points));
            neighbours[one].Add(other);
            neighbours[other].Add(one);
        }

        return new CellMesh(borders, neighbours);

        int Number(Coordinate at) => numbers[(at.X, at.Y)];

        void Join(int one, int other, int corner)
        {
            var key = one < other ? (one, other) : (other, one);
            sides[key] = sides.TryGetValue(key, out var seen) ? (seen.First, corner) : (corner, -1);
        }
    }

    private static IEnumerable<Coordinate[]> Triangles(Spot[] sites)
    {
        var builder = new DelaunayTriangulationBuilder();
        builder.SetSites([.. sites.Select(site => new Coordinate(site.X, site.Y))]);
        QuadEdgeSubdivision subdivision = builder.GetSubdivision();
        return subdivision.GetTriangleCoordinates(includeFrame: false);
    }

    private static Spot Circumcentre(Spot a, Spot b, Spot c)
    {
        // Relative to the first corner: keeps the digits.
        double bx = b.X - a.X, by = b.Y - a.Y, cx = c.X - a.X, cy = c.Y - a.Y;
        double bb = (bx * bx) + (by * by), cc = (cx * cx) + (cy * cy), twice = 2 * ((bx * cy) - (by * cx));
        return new Spot(a.X + (((cy * bb) - (by * cc)) / twice), a.Y + (((bx * cc) - (cx * bb)) / twice));
    }
}
