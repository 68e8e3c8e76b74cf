using GridMesh.Contracts.Codes;
using GridMesh.Demo.Geography;
using GridMesh.Demo.Patrols;
using GridMesh.Demo.World;

namespace GridMesh.Demo.Tests.Patrols;

public sealed class PatrolTableTests
{
    private static readonly TrafficWorld s_world = new(DistrictFixture.View);
    private static readonly IReadOnlyList<DemoPatrol> s_patrols = PatrolTable.For(s_world);

    [Fact(DisplayName = "[DE17] the demo's river bank has twelve rescue points by the water, walked in the swimming season only")]
    public void River()
    {
        var river = s_patrols.Where(patrol => patrol.Name == PatrolTable.RiverBank).ToArray();
        var points = river.SelectMany(patrol => patrol.Checkpoints).ToArray();
        points.Select(point => point.Id).ShouldBe(Enumerable.Range(1, 12).Select(n => $"r{n}"), ignoreOrder: true);
        var xs = points.Select(point => point.At.X).Order().ToArray();
        (xs[^1] - xs[0]).ShouldBe(13_000, 1);
        foreach (var point in points)
        {
            s_world.Towns.SelectMany(town => town.Grids).ShouldNotContain(
                grid => grid.Plot.Contains(new Spot(point.At.X, point.At.Y + 300)), $"{point.Name} is by the water");
        }

        river[0].WindowAt(new DateTime(2026, 7, 1, 16, 30, 0)).ShouldBe(15);
        river[0].WindowAt(new DateTime(2026, 7, 1, 21, 0, 0)).ShouldBeNull();
        river[0].WindowAt(new DateTime(2026, 11, 25, 16, 30, 0)).ShouldBeNull();
    }

    [Fact(DisplayName = "[DE17] one grid of every community has its fire lanes walked day and night, all the year")]
    public void Lanes()
    {
        var lanes = s_patrols.Where(patrol => patrol.Name == PatrolTable.FireLanes).ToArray();
        lanes.Select(patrol => patrol.Grid.At(Tier.Community)).ShouldBeUnique();
        lanes.Length.ShouldBe(DistrictFixture.At(Tier.Community).Count());
        lanes.Count(patrol => patrol.Checkpoints.Length == 4).ShouldBeGreaterThan(lanes.Length / 2);
        lanes[0].WindowAt(new DateTime(2026, 11, 25, 2, 59, 0)).ShouldBe(0);
        lanes[0].WindowAt(new DateTime(2026, 11, 25, 23, 59, 0)).ShouldBe(21);
    }

    [Fact(DisplayName = "[DE17] every checkpoint of the demo stands inside its grid")]
    public void Inside()
    {
        foreach (var patrol in s_patrols)
        {
            var shape = DistrictFixture.Shape(DistrictFixture.View.Areas[patrol.Grid]);
            patrol.Checkpoints.ShouldAllBe(point => shape.Contains(DistrictFixture.Place(point.Position)));
        }
    }
}
