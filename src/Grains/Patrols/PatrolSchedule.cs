using GridMesh.Contracts.Clocks;
using GridMesh.Contracts.Patrols;

namespace GridMesh.Grains.Patrols;

/// <summary>One walk of a plan: a window of a day.</summary>
/// <param name="Day">China day on which it begins, as yyyyMMdd.</param>
public readonly record struct PatrolRound(
    PatrolPlan Plan, int Day, PatrolWindow Window, DateTimeOffset Start, DateTimeOffset End)
{
    public PatrolSlot SlotOf(Checkpoint checkpoint) => new(Plan.Id, Day, Window.From, checkpoint.Id);

    public bool IsOpen(DateTimeOffset now) => Start <= now && now < End;
}

/// <summary>Which rounds a plan has: they follow from the plan and the day alone.</summary>
public static class PatrolSchedule
{
    /// <summary>
    /// The rounds that begin on a day. What was over before the plan was made is none of it, nor is what a plan that
    /// ended would have asked for later.
    /// </summary>
    public static IEnumerable<PatrolRound> RoundsOf(PlanLife life, DateOnly day)
    {
        if (!IsWalkedOn(life.Plan, ChinaTime.Day(life.Since), day))
            yield break;

        var midnight = day.ToDateTime(TimeOnly.MinValue);
        foreach (var window in life.Plan.Windows)
        {
            var start = ChinaTime.At(midnight.AddMinutes(window.From));
            var end = start.AddMinutes(window.Minutes);
            if (end > life.Since && !(life.EndedAt < end))
                yield return new PatrolRound(life.Plan, ChinaTime.NumberOf(day), window, start, end);
        }
    }

    public static bool IsWalkedOn(PatrolPlan plan, DateOnly since, DateOnly day) =>
        (day.DayNumber - since.DayNumber) % Math.Max(1, plan.EveryDays) == 0
        && (plan.Weekdays.IsDefaultOrEmpty || plan.Weekdays.Contains(IsoWeekday(day)))
        && (plan.Season is not { } season || Holds(season, day));

    private static int IsoWeekday(DateOnly day) => day.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)day.DayOfWeek;

    private static bool Holds(PatrolSeason season, DateOnly day)
    {
        var at = (day.Month * 100) + day.Day;
        return season.From <= season.To ? season.From <= at && at <= season.To : season.From <= at || at <= season.To;
    }
}
