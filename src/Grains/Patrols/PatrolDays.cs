using GridMesh.Contracts.Clocks;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Patrols;

namespace GridMesh.Grains.Patrols;

/// <summary>How the rounds of a day stand, checkpoint by checkpoint.</summary>
internal static class PatrolDays
{
    /// <param name="fates">What became of the day's checkpoints.</param>
    public static PatrolDay Of(
        AreaCode grid, PatrolFold fold, int day, IEnumerable<SlotFate> fates, DateTimeOffset now)
    {
        var decided = fates.ToDictionary(fate => fate.Slot);
        var views = decided.Values.Select(fate => ViewOf(fold, fate)).ToList();
        if (day >= ChinaTime.DayNumber(now.AddDays(-1)))
        {
            views.AddRange(
                from round in fold.RoundsOf(ChinaTime.DayOf(day))
                where round.End > now
                from checkpoint in round.Plan.Checkpoints
                let slot = round.SlotOf(checkpoint)
                where !decided.ContainsKey(slot)
                select new SlotView(
                    slot, checkpoint.Name, round.Start, round.End,
                    round.IsOpen(now) ? SlotState.Due : SlotState.Ahead, null, null, null));
        }

        return new PatrolDay(
            grid, day,
            [
                .. views.OrderBy(view => view.From).ThenBy(view => view.Slot.Plan, StringComparer.Ordinal)
                    .ThenBy(view => view.Slot.Checkpoint, StringComparer.Ordinal),
            ]);
    }

    /// <summary>The round of a checkpoint that was decided last.</summary>
    public static SlotView? LatestOf(
        AreaCode grid, PatrolFold fold, string plan, string checkpoint, DateTimeOffset now) =>
        new[] { now.AddDays(-1), now }.Select(ChinaTime.DayNumber)
            .SelectMany(day => Of(grid, fold, day, fold.FatesOf(day), now).Slots)
            .Where(view => view.Slot.Plan == plan && view.Slot.Checkpoint == checkpoint && view.At is not null)
            .MaxBy(view => view.At);

    private static SlotView ViewOf(PatrolFold fold, SlotFate fate)
    {
        var plan = fold.Find(fate.Slot.Plan)?.Plan;
        var start = ChinaTime.At(
            ChinaTime.DayOf(fate.Slot.Day).ToDateTime(TimeOnly.MinValue).AddMinutes(fate.Slot.From));
        var window = plan?.Windows.FirstOrDefault(one => one.From == fate.Slot.From);
        return new SlotView(
            fate.Slot, plan?.Checkpoints.FirstOrDefault(one => one.Id == fate.Slot.Checkpoint)?.Name
                ?? fate.Slot.Checkpoint,
            start, start.AddMinutes(window?.Minutes ?? 0), fate.IsDone ? SlotState.Done : SlotState.Missed, fate.At,
            fate.Worker, fate.Way);
    }
}
