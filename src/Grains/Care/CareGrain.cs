using GridMesh.Contracts.Care;
using GridMesh.Contracts.Grids;
using GridMesh.Contracts.Storage;
using GridMesh.Grains.Clocks;
using GridMesh.Grains.Facts;
using GridMesh.Grains.Live;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace GridMesh.Grains.Care;

/// <summary>
/// The watches of one grid. One timer, for whoever is due next; only then is its door looked up in the track store. A
/// door that opens is no event here.
/// </summary>
internal sealed class CareGrain(
    [PersistentState("care", "state")] IPersistentState<CareSnapshot> snapshot, IJournal journal, ITrackStore tracks,
    TimeProvider time, ILogger<CareGrain> log)
    : FoldGrain<CareFact, CareSnapshot, CareFold>(snapshot, journal, log), ICareGrain
{
    /// <summary>Door records of one look-up.</summary>
    private const int DoorsPage = 1_000;

    private static readonly TimeSpan s_tryAgain = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_linger = TimeSpan.FromHours(1);

    private MomentTimer _timer = null!;

    protected override GrainKind Kind => GrainKinds.Care;

    protected override async Task WakeAsync(CancellationToken cancellation)
    {
        _timer = new MomentTimer(this, time, TurnAsync, stay: left => DelayDeactivation(left + s_linger));
        await base.WakeAsync(cancellation);
        Arm();
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) =>
        Fold.Count > 0 ? Kept.KeepAsync() : Kept.KeepIfBehindAsync();

    public async Task<CareOutcome> ExecuteAsync(CareCommand command)
    {
        var ending = await ExecuteAsync(command, () => CareDecider.Decide(Fold, Area, command, NowBy(time)));
        if (ending.Reject is { } reject)
            return new CareOutcome(reject, []);

        if (command is WithdrawConsent)
        {
            // What is kept of the household goes now, not at the next occasion.
            await Kept.KeepAsync();
        }

        await WrittenAsync();
        return new CareOutcome(null, [.. Of(command).Select(ViewOf)]);
    }

    public Task<CareBoard> GetBoardAsync() => Task.FromResult(Fold.Board);

    protected override CareFold Open(CareSnapshot snapshot) => new(snapshot);

    private IEnumerable<CareLife> Of(CareCommand command) => command switch
    {
        BeginCare begin when Fold.Find(begin.Watch.Id) is { } life => [life],
        ConfirmCare confirm when Fold.Find(confirm.Watch) is { } life => [life],
        ReadCare read => Fold.Of(read.Building),
        _ => [],
    };

    /// <summary>Looks at everybody who is due: a door, an alarm, a wider circle.</summary>
    private async Task TurnAsync()
    {
        try
        {
            await ReadAsync();
            while (Fold.TakeDue(time.GetUtcNow()) is { } life)
                await LookAsync(life);
        }
        catch (StorageUnavailableException e)
        {
            log.LogWarning(
                Faults.Unexpected(e), "Watches of grid {Grid} have to wait: {Reason}", Area, e.Message);
            _timer.Arm(s_tryAgain);
            return;
        }

        await WrittenAsync();
    }

    private async Task LookAsync(CareLife life)
    {
        try
        {
            var now = NowBy(time);
            var door = life.AlarmedAt is null ? await LastDoorAsync(life, now) : null;
            if (CareDecider.Due(life, door, now) is { } fact)
                await AppendAsync([fact], NameOf);
            else if (door is { } at)
                Fold.Seen(life.Watch.Id, at);
        }
        finally
        {
            // Whatever went wrong, it is looked at again: one that was decided has moved on in the fold.
            if (Fold.Find(life.Watch.Id) == life)
                Fold.PutBack(life);
        }
    }

    /// <summary>The last door record of the household in its window; null where there is none.</summary>
    private async Task<DateTimeOffset?> LastDoorAsync(CareLife life, DateTimeOffset now)
    {
        var window = now.AddHours(-life.Watch.WindowHours);
        var from = life.SeenAt > window ? life.SeenAt : window;
        DateTimeOffset? last = null;
        while (true)
        {
            var doors = await tracks.ReadDoorsAsync(life.Watch.Building.Value, from, now, DoorsPage);
            last = doors.LastOrDefault(door => life.Watch.Device is not { } own || door.Device == own) is { At: var at }
                && at > life.SeenAt ? at : last;
            if (doors.Count < DoorsPage)
                return last;

            from = doors[^1].At.AddMilliseconds(1);
        }
    }

    /// <summary>The same alarm has the same command id in every process.</summary>
    private static string NameOf(CareFact fact) => fact switch
    {
        CareAlarmed alarmed => $"alarmed\n{alarmed.Watch}\n{alarmed.Due.UtcTicks}",
        CareWidened widened => $"widened\n{widened.Watch}\n{widened.Alarmed.UtcTicks}\n{widened.Circle}",
        _ => throw new InvalidOperationException($"{fact.GetType().Name} comes by a command of its own"),
    };

    /// <summary>Tells the live grid, keeps the fold now and then, and arms the timer.</summary>
    private async Task WrittenAsync()
    {
        Arm();
        await Kept.KeepIfDueAsync();

        try
        {
            await GrainFactory.GetGrain<IGridGrain>(Area.Value).CareChangedAsync(Fold.Board);
        }
        catch (Exception e)
        {
            // The facts are durable; the grid asks by itself when it wakes, and every now and then.
            log.LogWarning(
                Faults.Unexpected(e), "Grid {Grid} was not told of its watches: {Reason}", Area, e.Message);
        }
    }

    private void Arm()
    {
        if (Fold.NextDue() is { } due)
            _timer.Arm(due);
        else if (Fold.Count > 0)
            DelayDeactivation(s_linger);
    }

    private static CareView ViewOf(CareLife life) => new(
        life.Watch, life.SeenAt, life.DueAt, life.AlarmedAt,
        life.AlarmedAt is null ? [] : CareLadder.UpTo(life.Circle));
}
