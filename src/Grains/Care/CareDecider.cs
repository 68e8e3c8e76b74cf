using GridMesh.Contracts.Access;
using GridMesh.Contracts.Care;
using GridMesh.Contracts.Codes;

namespace GridMesh.Grains.Care;

/// <summary>Decides over a grid's watches; pure.</summary>
public static class CareDecider
{
    /// <summary>Whom alarms are recorded for.</summary>
    public const string Clock = "clock";

    /// <summary>A fact, or why not.</summary>
    public static (RejectCode? Reject, CareFact? Fact) Decide(
        CareFold fold, AreaCode grid, CareCommand command, DateTimeOffset now) => command switch
    {
        BeginCare begin => Begin(fold, grid, begin, now),
        WithdrawConsent withdraw => !command.By.ServesHouseholds(grid) ? (RejectCode.OnlyTheOwnGridMay, null)
            : fold.Find(withdraw.Watch) is null ? (RejectCode.WatchIsUnknown, null)
            : (null, new ConsentWithdrawn(now, command.By.Id, withdraw.Watch, withdraw.Reason)),
        ConfirmCare confirm => !command.By.SeesHouseholds(grid) ? (RejectCode.OnlyTheOwnGridAndItsDesksMay, null)
            : fold.Find(confirm.Watch) is null ? (RejectCode.WatchIsUnknown, null)
            : (null, new CareConfirmed(now, command.By.Id, confirm.Watch, confirm.Finding, confirm.Text)),
        ReadCare read => !command.By.SeesHouseholds(grid) ? (RejectCode.OnlyTheOwnGridAndItsDesksMay, null)
            : (null, new CareWasRead(now, command.By.Id, command.By.Role, read.Building?.Value)),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command, "no command of watches"),
    };

    /// <summary>
    /// What comes of a watch that is due: an alarm, a wider circle, or nothing because a door was heard of.
    /// </summary>
    /// <param name="doorAt">When a door was last heard of, null if not since the last sign of life.</param>
    public static CareFact? Due(CareLife life, DateTimeOffset? doorAt, DateTimeOffset now)
    {
        if (life.DueAt is not { } due || due > now)
            return null;

        if (life.AlarmedAt is { } alarmed)
            return new CareWidened(now, Clock, life.Watch.Id, CareLadder.After(life.Circle)!.Value, alarmed);

        return doorAt?.AddHours(life.Watch.WindowHours) > now
            ? null
            : new CareAlarmed(now, Clock, life.Watch.Id, doorAt > life.SeenAt ? doorAt.Value : life.SeenAt, due);
    }

    private static (RejectCode?, CareFact?) Begin(CareFold fold, AreaCode grid, BeginCare command, DateTimeOffset now)
    {
        var watch = command.Watch;
        return !command.By.ServesHouseholds(grid) ? (RejectCode.OnlyTheOwnGridMay, null)
            : watch.ConsentAt > now ? (RejectCode.ConsentIsFromTheFuture, null)
            : fold.IsWatched(watch.Building, watch.Household) ? (RejectCode.HouseholdIsWatchedAlready, null)
            : fold.Count >= CareWatch.WatchesMax ? (RejectCode.GridHoldsTooManyWatches, null)
            : (null, new CareBegun(now, command.By.Id, watch));
    }
}
