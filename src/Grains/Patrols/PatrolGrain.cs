using GridMesh.Contracts.Clocks;
using GridMesh.Contracts.Grids;
using GridMesh.Contracts.Patrols;
using GridMesh.Contracts.Storage;
using GridMesh.Grains.Clocks;
using GridMesh.Grains.Directory;
using GridMesh.Grains.Facts;
using GridMesh.Grains.Kpis;
using GridMesh.Grains.Live;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace GridMesh.Grains.Patrols;

/// <summary>
/// The patrols of one grid. It stands beside the live grid and writes to the journal for it, so that the grid's own
/// turns never wait for a disk. One timer, for the next window that opens or ends.
/// </summary>
internal sealed class PatrolGrain(
    [PersistentState("patrol", "state")] IPersistentState<PatrolSnapshot> snapshot, IJournal journal,
    DirectoryRules rules, TimeProvider time, ILogger<PatrolGrain> log)
    : FoldGrain<PatrolFact, PatrolSnapshot, PatrolFold>(snapshot, journal, log), IPatrolGrain
{
    /// <summary>Facts of one window's end that are on their way at once.</summary>
    private const int FactsAtOnceMax = 256;

    /// <summary>What could not be written or told is tried again after this.</summary>
    private static readonly TimeSpan s_tryAgain = TimeSpan.FromSeconds(1);

    /// <summary>Somebody may still ask for a while after the last window.</summary>
    private static readonly TimeSpan s_linger = TimeSpan.FromHours(1);

    private MomentTimer _timer = null!;

    /// <summary>Up to here the clock has been looked at: what comes after it has its turn, late or not.</summary>
    private DateTimeOffset _turnedAt;

    protected override GrainKind Kind => GrainKinds.Patrol;

    protected override async Task WakeAsync(CancellationToken cancellation)
    {
        _turnedAt = time.GetUtcNow();
        _timer = new MomentTimer(this, time, TurnAsync, stay: left => DelayDeactivation(left + s_linger));
        await base.WakeAsync(cancellation);
        if (!Fold.IsEmpty)
        {
            // What ended meanwhile is written in a turn of its own: whoever woke this grain need not wait for it.
            _timer.Arm(TimeSpan.Zero);
        }
    }

    public async Task<PatrolOutcome> ExecuteAsync(PatrolCommand command)
    {
        var ending = await ExecuteAsync(command, () =>
        {
            var decision = PatrolDecider.Decide(Fold, command, NowBy(time));
            return (decision.Reject, decision.Fact);
        });
        if (ending.Reject is { } reject)
            return new PatrolOutcome(reject, null, null);

        await WrittenAsync();
        return OutcomeOf(command, time.GetUtcNow());
    }

    public async Task<PatrolBoard> SightedAsync(ImmutableArray<PatrolSighting> sightings)
    {
        try
        {
            await ReadAsync();
            if (PatrolDecider.Sight(Fold, sightings, NowBy(time)) is { IsEmpty: false } facts)
                await AppendAsync(facts, NameOf);
        }
        catch (StorageUnavailableException e)
        {
            // The board below opens the checkpoints again: the next position is the next try.
            log.LogWarning(
                Faults.Unexpected(e), "Check-ins of grid {Grid} have to wait: {Reason}", Area, e.Message);
        }

        ArmNext();
        await Kept.KeepIfDueAsync();
        return await GetBoardAsync();
    }

    public Task<PatrolBoard> GetBoardAsync() => Task.FromResult(Fold.BoardAt(time.GetUtcNow()));

    public Task<ImmutableArray<PlanView>> GetPlansAsync() =>
        Task.FromResult<ImmutableArray<PlanView>>([.. Fold.Plans.Select(ViewOf)]);

    public async Task<PatrolDay> GetDayAsync(int day)
    {
        await ReadAsync();
        var now = time.GetUtcNow();
        if (day >= ChinaTime.DayNumber(now.AddDays(-1)))
            return PatrolDays.Of(Area, Fold, day, Fold.FatesOf(day), now);

        var fates = new PatrolFold(new PatrolSnapshot());
        if (Fold.AfterOf(day) is { } after)
        {
            fates = new PatrolFold(new PatrolSnapshot { Version = after });
            foreach (var record in await Journal.ReadStreamAsync(Stream, after))
                fates.Apply(record.Version, FactJson.Decode<PatrolFact>(record));
        }

        return PatrolDays.Of(Area, Fold, day, fates.FatesOf(day), now);
    }

    protected override PatrolFold Open(PatrolSnapshot snapshot) => new(snapshot);

    protected override JournalAppend With(JournalAppend append, ImmutableArray<PatrolFact> facts) =>
        append with { Kpis = [.. facts.SelectMany(fact => KpiEntries.Of(Area, fact, rules.View))] };

    /// <summary>A window opened or ended, or the day turned.</summary>
    private async Task TurnAsync()
    {
        try
        {
            var now = time.GetUtcNow();
            await ReadAsync();
            for (var facts = PatrolDecider.Settle(Fold, now); !facts.IsEmpty;
                facts = PatrolDecider.Settle(Fold, now))
            {
                await AppendAsync(facts.Take(FactsAtOnceMax), NameOf);
            }

            Fold.Settled(now);
            _turnedAt = now;
        }
        catch (StorageUnavailableException e)
        {
            log.LogWarning(
                Faults.Unexpected(e), "Missed checkpoints of grid {Grid} have to wait: {Reason}", Area, e.Message);
            _timer.Arm(s_tryAgain);
            return;
        }

        await WrittenAsync();
    }

    private Task WrittenAsync() => Task.WhenAll(TellAsync(), Kept.KeepIfDueAsync());

    private static string NameOf(PatrolFact fact) => fact switch
    {
        CheckpointDone done => $"done\n{done.Slot}",
        CheckpointMissed missed => $"missed\n{missed.Slot}",
        _ => throw new InvalidOperationException($"{fact.GetType().Name} comes by a command of its own"),
    };

    /// <summary>Tells the live grid, and arms the timer for what comes next.</summary>
    private async Task TellAsync()
    {
        try
        {
            await GrainFactory.GetGrain<IGridGrain>(Area.Value)
                .PatrolsChangedAsync(Fold.BoardAt(time.GetUtcNow()));
        }
        catch (Exception e)
        {
            // The facts are durable; the grid asks by itself when it wakes, and every now and then.
            log.LogWarning(
                Faults.Unexpected(e), "Grid {Grid} was not told of its patrols: {Reason}", Area, e.Message);
            _timer.Arm(s_tryAgain);
            return;
        }

        ArmNext();
    }

    private void ArmNext()
    {
        if (Fold.NextTurn(_turnedAt) is { } next)
            _timer.Arm(next);
    }

    private PatrolOutcome OutcomeOf(PatrolCommand command, DateTimeOffset now)
    {
        var plan = command switch
        {
            PlanPatrol planned => planned.Plan.Id,
            EndPatrol ended => ended.Plan,
            CheckInAtPoint checkIn => checkIn.Plan,
            AcknowledgeMisses noted => noted.Plan,
            _ => string.Empty,
        };
        var slot = command is CheckInAtPoint at
            ? PatrolDays.LatestOf(Area, Fold, at.Plan, at.Checkpoint, now)
            : null;
        return new PatrolOutcome(null, Fold.Find(plan) is { } life ? ViewOf(life) : null, slot);
    }

    private PlanView ViewOf(PlanLife life) => new(Area, life.Plan, life.Since, life.By, life.EndedAt);
}
