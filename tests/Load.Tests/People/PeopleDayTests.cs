using GridMesh.Load.People;
using GridMesh.Load.Runner.Contracts;

namespace GridMesh.Load.Tests.People;

public sealed class PeopleDayTests
{
    [Fact(DisplayName = "[LO24] a busy hour has one rate all the time")]
    public void Busy() => PeopleDay.Busy(TimeSpan.FromSeconds(30)).Positions(820).ShouldHaveSingleItem()
        .ShouldBe(new LoadSimulation.Inject(820, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30)));

    [Fact(DisplayName = "[LO24] a whole day fits into the run, busier by day than by night, doors before and after work")]
    public void Whole()
    {
        var during = TimeSpan.FromMinutes(6);
        var day = PeopleDay.Whole(during);
        foreach (var parts in new[] { day.Positions(820), day.Doors(5), day.Cases(0.25) })
        {
            parts.Aggregate(TimeSpan.Zero, (sum, part) => sum + PartOf(part).During)
                .ShouldBe(during, TimeSpan.FromMilliseconds(1));
        }

        Rates(day.Positions(100)).ShouldSatisfyAllConditions(
            rates => rates[0].ShouldBeLessThan(rates[5] / 5), rates => rates[5].ShouldBe(6_000));
        Rates(day.Doors(100)).ShouldSatisfyAllConditions(
            rates => rates.Max().ShouldBe(rates[4]), rates => rates[9].ShouldBe(rates[4]));
        Rates(day.Cases(0.25)).ShouldAllBe(rate => rate > 0);
    }

    private static int[] Rates(LoadSimulation[] parts) => [.. parts.Select(part => PartOf(part).Rate)];

    private static (int Rate, TimeSpan During) PartOf(LoadSimulation part) => part switch
    {
        LoadSimulation.Inject { Interval.TotalMinutes: 1 } inject => (inject.Rate, inject.During),
        LoadSimulation.RampingInject { Interval.TotalMinutes: 1 } ramp => (ramp.Rate, ramp.During),
        _ => throw new InvalidOperationException($"a day has no {part}"),
    };
}
