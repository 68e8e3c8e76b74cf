using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Prepared;
using NetTopologySuite.Index.Strtree;
using NetTopologySuite.Operation.Union;
using static GridMesh.Demo.Tests.DistrictFixture;

namespace GridMesh.Demo.Tests;

public sealed class MapTests
{
    /// <summary>Square degrees; about a hundredth of a square metre.</summary>
    private const double NoArea = 1e-12;

    [Fact(DisplayName = "[DE2] every polygon is closed, valid, counterclockwise and without holes")]
    public void Polygons_are_sound()
    {
        foreach (var area in Data.Areas)
        {
            var shape = Shape(area);
            var ring = area.Shape.Polygons.ShouldHaveSingleItem().ShouldHaveSingleItem();
            ring[0].ShouldBe(ring[^1], area.Code.Value);
            shape.IsValid.ShouldBeTrue(area.Code.Value);
            shape.Shell.IsCCW.ShouldBeTrue(area.Code.Value);
            ring.Distinct().Count().ShouldBe(ring.Length - 1, area.Code.Value);
        }
    }

    [Fact(DisplayName = "[DE2] no two grids overlap")]
    public void Grids_do_not_overlap()
    {
        var tree = new STRtree<(AreaCode Code, Polygon Shape)>();
        var grids = At(Tier.Grid).Select(grid => (grid.Code, Shape: Shape(grid))).ToArray();
        foreach (var grid in grids)
            tree.Insert(grid.Shape.EnvelopeInternal, grid);

        var pairs = 0;
        foreach (var grid in grids)
        {
            foreach (var other in tree.Query(grid.Shape.EnvelopeInternal).Where(o => o.Code.CompareTo(grid.Code) > 0))
            {
                grid.Shape.Intersection(other.Shape).Area.ShouldBeLessThan(NoArea, $"{grid.Code} and {other.Code}");
                pairs++;
            }
        }

        pairs.ShouldBeGreaterThan(grids.Length);
    }

    [Theory(DisplayName = "[DE2] an area is exactly the union of its parts, border point for border point")]
    [InlineData(Tier.Community)]
    [InlineData(Tier.Town)]
    [InlineData(Tier.District)]
    public void Areas_are_their_parts(Tier tier)
    {
        foreach (var area in At(tier))
        {
            var parts = View.ChildrenOf(area.Code);
            parts.ShouldNotBeEmpty();
            var union = UnaryUnionOp.Union(parts.Select(part => (Geometry)Shape(part)).ToList());
            union.ShouldBeOfType<Polygon>()
                .SymmetricDifference(Shape(area)).Area.ShouldBeLessThan(NoArea, area.Code.Value);
            PointsOf(area).Except(parts.SelectMany(PointsOf)).ShouldBeEmpty(area.Code.Value);
        }
    }

    [Fact(DisplayName = "[DE3] every building and every device lies inside its grid")]
    public void Things_lie_in_their_grid()
    {
        var shapes = At(Tier.Grid).ToDictionary(
            grid => grid.Code, grid => PreparedGeometryFactory.Prepare(Shape(grid)));
        Data.Buildings.Where(b => !shapes[b.Code.Grid].Contains(Place(b.Position))).ShouldBeEmpty();
        Data.Devices.Where(d => !shapes[d.Grid].Contains(Place(d.Position))).ShouldBeEmpty();
    }

    [Fact(DisplayName = "[DE2] the city in the north has small grids, the country in the south wide ones")]
    public void City_is_dense()
    {
        double Mean(Func<AreaEntry, bool> which) => At(Tier.Grid).Where(which).Average(grid => Shape(grid).Area);
        var city = Mean(grid => grid.Code.Value[6] == '0');
        Mean(grid => grid.Code.Value[6] == '1').ShouldBeGreaterThan(3 * city);
        var box = Shape(At(Tier.District).Single()).EnvelopeInternal;
        box.MinX.ShouldBeGreaterThan(108.15);
        box.MaxX.ShouldBeLessThan(108.50);
        box.MinY.ShouldBeGreaterThan(22.52);
        box.MaxY.ShouldBeLessThan(22.88);
    }

    [Fact(DisplayName = "[DE4] grids and communities are numbered west to east, then north to south")]
    public void Numbers_run_west_to_east()
    {
        var order = Geography.AreaNaming.InOrder(
            ["sw", "e", "nw"],
            name => name switch { "sw" => new(1, -10), "nw" => new(0, 10), _ => new Geography.Spot(50, 0) });
        order.ShouldBe(["nw", "sw", "e"]);

        // The first grid of a community lies in its western column, the last one in its eastern.
        foreach (var community in At(Tier.Community).Where(area => View.ChildrenOf(area.Code).Length > 2))
        {
            var grids = View.ChildrenOf(community.Code);
            Shape(grids[0]).Centroid.X.ShouldBeLessThan(Shape(grids[^1]).Centroid.X, community.Code.Value);
            grids.Select(grid => int.Parse(grid.Code.Value[12..])).ShouldBe(Enumerable.Range(1, grids.Length));
        }
    }

    [Theory(DisplayName = "[DE1] other seeds and districts make sound maps too")]
    [InlineData(1, "450105")]
    [InlineData(20, "450124")]
    [InlineData(777, "110101")]
    public void Other_seeds_work(int seed, string code)
    {
        var data = DemoDistrict.Generate(seed, code);
        data.Areas.Length.ShouldBe(1 + 9 + 116 + 418);
        data.Areas.Where(area => !Shape(area).IsValid || area.Code.District.Value != code).ShouldBeEmpty();
    }
}
