using GridMesh.Contracts.Patrols;
using GridMesh.Grains.Patrols;
using static GridMesh.Grains.Tests.Patrols.PatrolSample;

namespace GridMesh.Grains.Tests.Patrols;

public sealed class PatrolScheduleTests
{
    private static readonly DateOnly s_monday = new(2026, 3, 2);

    [Theory(DisplayName = "[PT2] a plan is walked on its weekdays, every so many days, in its season")]
    [InlineData(0, true, true, true)]
    [InlineData(1, false, false, true)]
    [InlineData(2, true, false, true)]
    [InlineData(3, false, true, true)]
    [InlineData(5, false, false, false)]
    public void Days(int after, bool onWeekdays, bool everyThird, bool inSeason)
    {
        var day = s_monday.AddDays(after);
        PatrolSchedule.IsWalkedOn(Plan(weekdays: [1, 3]), s_monday, day).ShouldBe(onWeekdays);
        PatrolSchedule.IsWalkedOn(Plan(everyDays: 3), s_monday, day).ShouldBe(everyThird);
        PatrolSchedule.IsWalkedOn(Plan(season: new PatrolSeason(201, 305)), s_monday, day).ShouldBe(inSeason);
    }

    [Theory(DisplayName = "[PT2] a season runs over the turn of the year too, both of its days included")]
    [InlineData(11, 14, false)]
    [InlineData(11, 15, true)]
    [InlineData(12, 31, true)]
    [InlineData(2, 28, true)]
    [InlineData(3, 1, false)]
    public void Winter(int month, int day, bool isWalked) => PatrolSchedule.IsWalkedOn(
        Plan(season: new PatrolSeason(1115, 228)), s_monday, new DateOnly(2026, month, day)).ShouldBe(isWalked);

    [Fact(DisplayName = "[PT2] each window of a day is a round, in China time, and one over midnight ends on the next day")]
    public void Windows()
    {
        var life = new PlanLife(Plan(windows: [(8, 10), (22, 2)]), At(0), "lead", null);
        var rounds = PatrolSchedule.RoundsOf(life, s_monday).ToArray();
        rounds.Select(round => (round.Start, round.End)).ShouldBe([(At(8), At(10)), (At(22), At(2, day: 3))]);
        rounds.ShouldAllBe(round => round.Day == 20260302);
        rounds[0].Start.UtcDateTime.Hour.ShouldBe(0);
        rounds[1].IsOpen(At(1, 59, day: 3)).ShouldBeTrue();
        rounds[1].IsOpen(At(2, day: 3)).ShouldBeFalse();
    }

    [Fact(DisplayName = "[PT2] what was over before a plan was made, or would end after it ended, is no round of it")]
    public void Life()
    {
        PatrolSchedule.RoundsOf(new PlanLife(Plan(), At(12), "lead", null), s_monday).Single().Start.ShouldBe(At(14));
        PatrolSchedule.RoundsOf(new PlanLife(Plan(), At(9), "lead", null), s_monday).Count().ShouldBe(2);
        PatrolSchedule.RoundsOf(new PlanLife(Plan(), At(7), "lead", At(15)), s_monday).Single().Start.ShouldBe(At(8));
    }
}
