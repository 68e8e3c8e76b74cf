using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Geo;
using GridMesh.Contracts.Patrols;
using GridMesh.Contracts.Workers;
using GridMesh.Grains.Patrols;
using static GridMesh.Grains.Tests.Patrols.PatrolSample;

namespace GridMesh.Grains.Tests.Patrols;

public sealed class GridPatrolsTests
{
    [Fact(DisplayName = "[PT9] a grid without anything due looks at no position")]
    public void Idle()
    {
        var watch = new GridPatrols();
        watch.IsAnythingDue.ShouldBeFalse();
        watch.Take(Planned().BoardAt(At(7)));
        watch.IsAnythingDue.ShouldBeFalse();
        watch.Pass(Dot(Bridge, At(7)), At(7)).ShouldBeEmpty();
        watch.Take(Planned().BoardAt(At(9)));
        watch.IsAnythingDue.ShouldBeTrue();
    }

    [Theory(DisplayName = "[PT3] a position counts within the radius and the window")]
    [InlineData(0.00045, 9, 0, true)]
    [InlineData(-0.00045, 9, 0, true)]
    [InlineData(0.00055, 9, 0, false)]
    [InlineData(0, 7, 59, false)]
    public void Fence(double lng, int hour, int minute, bool counts)
    {
        var watch = new GridPatrols();
        watch.Take(Planned().BoardAt(At(9)));
        watch.Pass(Dot(new GeoPoint(Bridge.Lng + lng, Bridge.Lat), At(hour, minute)), At(9)).Length.ShouldBe(
            counts ? 1 : 0);
    }

    [Theory(DisplayName = "[PT10] a position that is less exact than the checkpoint is wide does nothing")]
    [InlineData(null, true)]
    [InlineData(0d, true)]
    [InlineData(50d, true)]
    [InlineData(51d, false)]
    [InlineData(99_999d, false)]
    public void Accuracy(double? metres, bool counts)
    {
        var watch = new GridPatrols();
        watch.Take(Planned().BoardAt(At(9)));
        watch.Pass(Dot(Bridge, At(9)), At(9), metres).Length.ShouldBe(counts ? 1 : 0);
    }

    [Theory(DisplayName = "[PT10] whoever was elsewhere too short a time ago does no checkpoint")]
    [InlineData(1, false)]
    [InlineData(60, false)]
    [InlineData(1_200, true)]
    public void Speed(int seconds, bool counts)
    {
        var watch = new GridPatrols();
        watch.Take(Planned().BoardAt(At(9)));
        var before = Dot(new GeoPoint(Bridge.Lng + 1, Bridge.Lat), At(9).AddSeconds(-seconds));
        watch.Pass(Dot(Bridge, At(9)), At(9), 8, before).Length.ShouldBe(counts ? 1 : 0);
        watch.Pass(Dot(Pier, At(9)), At(9), 8, before with { Lng = null, Lat = null, At = null }).ShouldNotBeEmpty();
    }

    [Fact(DisplayName = "[PT3] a checkpoint is handed on once, and again only where it could not be written down")]
    public void Once()
    {
        var (watch, fold) = (new GridPatrols(), Planned());
        watch.Take(fold.BoardAt(At(9)));
        var seen = watch.Pass(Dot(Bridge, At(9)), At(9));
        seen.Single().ShouldBe(new PatrolSighting(Slot("bridge"), "w1", At(9)));
        watch.Pass(Dot(Bridge, At(9, 1)), At(9, 1)).ShouldBeEmpty();

        watch.Take(fold.BoardAt(At(9, 2))).ShouldBeFalse();
        watch.Pass(Dot(Bridge, At(9, 3)), At(9, 3)).Length.ShouldBe(1);
        fold.Add(PatrolDecider.Sight(fold, seen, At(9, 3)));
        watch.Take(fold.BoardAt(At(9, 3))).ShouldBeTrue();
        watch.Pass(Dot(Bridge, At(9, 4)), At(9, 4)).ShouldBeEmpty();
        watch.Pass(Dot(Pier, At(9, 5)), At(9, 5)).Length.ShouldBe(1);
        watch.IsAnythingDue.ShouldBeFalse();
    }

    [Fact(DisplayName = "[PT6] numbers of patrols are only those of the latest board, whatever order they come in")]
    public void Order()
    {
        var (watch, fold) = (new GridPatrols(), Planned());
        var early = fold.BoardAt(At(9));
        fold.Add(PatrolDecider.Settle(fold, At(10)));
        watch.Take(fold.BoardAt(At(10)));
        watch.Take(early).ShouldBeFalse();
        var counts = new int[AreaSummary.Width];
        counts[(int)Counter.AlarmsOpen] = 3;
        watch.AddTo(counts);
        counts[(int)Counter.PatrolsMissed].ShouldBe(2);
        counts[(int)Counter.PatrolsDue].ShouldBe(0);
        counts[(int)Counter.AlarmsOpen].ShouldBe(5);
    }

    private static WorkerDot Dot(GeoPoint at, DateTimeOffset when) =>
        new("w1", at.Lng, at.Lat, WorkerStatus.OnDuty, when);
}
