using GridMesh.Contracts.Patrols;

namespace GridMesh.Load.Tests.Patrols;

public sealed class RoundTests
{
    private static readonly DateTimeOffset s_noon = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);

    [Fact(DisplayName = "[LO51] rounds follow from the seed, each in a grid of its own, and no two of their places are within reach of one another")]
    public void Plans()
    {
        var data = DemoDistrict.Generate();
        var plans = RoundPlan.Of(data, 1, 50);
        plans.Count.ShouldBe(50);
        plans.Select(plan => plan.Grid).ShouldBeUnique();
        foreach (var plan in plans)
        {
            GeoPoint[] places = [plan.Elsewhere, .. plan.Points.Select(point => point.At)];
            plan.Points.Count.ShouldBeInRange(1, 10);
            (from a in places from b in places where a != b select a.MetresTo(b)).Min()
                .ShouldBeGreaterThan(2 * RoundPlan.Radius + 50);
        }
        RoundPlan.Of(data, 1, 50).SelectMany(plan => plan.Points)
            .ShouldBe(plans.SelectMany(plan => plan.Points));
    }

    [Fact(DisplayName = "[LO51] the window is open when the plans are made and ends at the next full minute after the walk, over midnight too")]
    public void Window()
    {
        var window = RoundWindow.Around(s_noon.AddSeconds(30), TimeSpan.FromSeconds(90));
        (window.From, window.To, window.End).ShouldBe(("19:55", "20:03", s_noon.AddMinutes(3)));
        var midnight = RoundWindow.Around(s_noon.AddHours(4).AddSeconds(-30), TimeSpan.FromSeconds(60));
        (midnight.From, midnight.To, midnight.Day).ShouldBe(("23:54", "00:01", new DateOnly(2026, 11, 25)));
    }

    [Fact(DisplayName = "[LO51] rounds are judged by their facts: done once, missed once and in time, nothing else")]
    public void Judged()
    {
        Judge(Done("a"), Missed("b", 20)).ShouldBe(0);
        Judge(Missed("b", 20)).ShouldBe(1);
        Judge(Done("a"), Done("a"), Missed("b", 20)).ShouldBe(1);
        Judge(Done("a"), Missed("b", 20), Done("b")).ShouldBe(1);
        Judge(Done("a"), Missed("b", 20), Missed("a", 20)).ShouldBe(1);
        Judge(Done("a"), Missed("b", 1_200)).ShouldBe(1);
        Judge(Done("a"), Missed("b", -20)).ShouldBe(1);
    }

    private static int Judge(params PatrolFact[] facts)
    {
        var judge = new RoundJudge(
            new HashSet<string> { RoundJudge.NameOf("P", "a") }, new HashSet<string> { RoundJudge.NameOf("P", "b") });
        foreach (var fact in facts)
            judge.Add(MadeRecord.Of(1, "patrol:450105001001001", 2, Guid.Empty, AreaCode.Parse("450105"), fact));
        return judge.Verdicts.Count(verdict => !verdict.IsMet);
    }

    private static CheckpointDone Done(string point) =>
        new(s_noon, "W", new PatrolSlot("P", 20261125, 0, point), "W", CheckInWay.Geofence, null);

    private static CheckpointMissed Missed(string point, double lateMs) =>
        new(s_noon.AddMilliseconds(lateMs), "clock", new PatrolSlot("P", 20261125, 0, point), s_noon);
}
