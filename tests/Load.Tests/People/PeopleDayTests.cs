namespace GridMesh.Load.Tests.People;

public sealed class PeopleDayTests
{
    [Fact(DisplayName = "[LO24] a whole day fits into the run, busier by day than by night, doors before and after work")]
    public void Whole()
    {
        var during = TimeSpan.FromMinutes(6);
        var day = PeopleDay.Whole(during);
        foreach (var shares in new[] { day.Positions, day.Doors, day.Cases })
            day.Simulate(100, shares).Aggregate(TimeSpan.Zero, (sum, part) => sum + part.During)
                .ShouldBe(during, TimeSpan.FromMilliseconds(1));
        PeopleDay.Busy(during).Simulate(820, [1]).ShouldBe([Stretch.Open(820, during)], "a busy hour has one rate");
        day.Simulate(100, day.Positions).Select(part => part.PerSecond).Take(6).ShouldBe([15, 15, 15, 40, 100, 100]);
    }

    [Theory(DisplayName = "[LO25] flat is the last quarter at most a tenth above the second; what is built up in the first does not count")]
    [InlineData(new double[] { 1, 50, 100, 100, 100, 100, 100, 109 }, true)]
    [InlineData(new double[] { 100, 100, 100, 100, 120, 140, 150, 150 }, false)]
    [InlineData(new double[] { 1, 2, 3 }, false)]
    public void Flat(double[] samples, bool isMet) => DistrictScenario.IsFlat("memory", samples).IsMet.ShouldBe(isMet);
}
