using System.Globalization;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Patrols;

namespace GridMesh.Gateway.Patrols;

/// <param name="From">Time of day in China, as 08:00.</param>
internal sealed record WindowItem(string From, string To);

/// <param name="From">Month and day, as 05-01.</param>
internal sealed record SeasonItem(string From, string To);

internal sealed record PlanItem(
    string Id, AreaCode Grid, string Name, Line Line, ImmutableArray<Checkpoint> Checkpoints,
    IReadOnlyList<WindowItem> Windows, ImmutableArray<int> Weekdays, int EveryDays, SeasonItem? Season,
    DateTimeOffset Since, string By, DateTimeOffset? EndedAt)
{
    public static PlanItem Of(PlanView view)
    {
        var plan = view.Plan;
        return new PlanItem(
            plan.Id, view.Grid, plan.Name, plan.Line, plan.Checkpoints,
            [.. plan.Windows.Select(window => new WindowItem(ClockOf(window.From), ClockOf(window.To)))],
            plan.Weekdays, plan.EveryDays,
            plan.Season is { } season ? new SeasonItem(DayOf(season.From), DayOf(season.To)) : null,
            view.Since, view.By, view.EndedAt);
    }

    private static string ClockOf(int minute) => $"{minute / 60:D2}:{minute % 60:D2}";

    private static string DayOf(int day) => $"{day / 100:D2}-{day % 100:D2}";
}

/// <summary>A checkpoint of a round, as clients see it.</summary>
internal sealed record CheckpointItem(
    string Id, string Name, SlotState State, DateTimeOffset? At, string? Worker, CheckInWay? Way);

internal sealed record RoundItem(
    string Plan, DateTimeOffset From, DateTimeOffset To, IEnumerable<CheckpointItem> Checkpoints)
{
    public static IEnumerable<RoundItem> Of(PatrolDay day) => day.Slots
        .GroupBy(slot => (slot.Slot.Plan, slot.Slot.From, slot.Slot.Day))
        .Select(round => new RoundItem(
            round.Key.Plan, round.First().From, round.First().To, round.Select(CheckpointOf)));

    public static CheckpointItem CheckpointOf(SlotView slot) =>
        new(slot.Slot.Checkpoint, slot.Name, slot.State, slot.At, slot.Worker, slot.Way);
}

/// <summary>How an area's patrols of a day stand; those of an upper area are the sums of its grids.</summary>
/// <param name="Coverage">Done of what was decided, 0-1; null while nothing is.</param>
internal sealed record CoverageItem(
    AreaCode Area, string Name, int Ahead, int Due, int Done, int Missed, double? Coverage)
{
    public static CoverageItem Of(AreaCode area, string name, IEnumerable<SlotView> slots)
    {
        var counts = slots.CountBy(slot => slot.State).ToDictionary();
        int Count(SlotState state) => counts.GetValueOrDefault(state);
        int done = Count(SlotState.Done), decided = done + Count(SlotState.Missed);
        return new CoverageItem(
            area, name, Count(SlotState.Ahead), Count(SlotState.Due), done, Count(SlotState.Missed),
            decided == 0 ? null : Math.Round((double)done / decided, 4));
    }
}

/// <param name="Rounds">Only for a grid.</param>
internal sealed record CoverageDetail(
    string Day, CoverageItem Sum, IEnumerable<CoverageItem> Grids, IEnumerable<RoundItem>? Rounds)
{
    public static string TextOf(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
