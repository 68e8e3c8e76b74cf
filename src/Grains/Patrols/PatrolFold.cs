using GridMesh.Contracts.Clocks;
using GridMesh.Contracts.Patrols;
using GridMesh.Grains.Facts;

namespace GridMesh.Grains.Patrols;

/// <summary>
/// The patrols of one grid, a fold of their facts: plans, what became of the checkpoints of the rounds that still
/// matter, and where in the stream earlier days begin. Plain; the grain around it adds engine and storage.
/// </summary>
public sealed class PatrolFold : FactFold<PatrolFact, PatrolSnapshot>
{
    /// <summary>Days that can be looked back at.</summary>
    public const int DaysBackMax = 62;

    /// <summary>Rounds that ended longer ago while nobody looked are not told as missed any more, in days.</summary>
    public const int CatchUpDaysMax = 7;

    /// <summary>Ended plans that are remembered, the latest, so that earlier days keep their names.</summary>
    public const int EndedPlansMax = 200;

    private readonly Dictionary<string, PlanLife> _plans;
    private readonly Dictionary<PatrolSlot, SlotFate> _fates;
    private readonly List<DayMark> _marks;
    private int _openFrom;

    public PatrolFold(PatrolSnapshot snapshot)
        : base(snapshot.Version)
    {
        _plans = snapshot.Plans.ToDictionary(life => life.Plan.Id);
        _fates = snapshot.Fates.ToDictionary(fate => fate.Slot);
        _marks = [.. snapshot.Marks];
        _openFrom = snapshot.OpenFrom;
    }

    /// <summary>The plans that are walked, in the order of their ids.</summary>
    public IEnumerable<PlanLife> Plans => _plans.Values.Where(life => life.EndedAt is null)
        .OrderBy(life => life.Plan.Id, StringComparer.Ordinal);

    public bool IsEmpty => _plans.Count == 0 && _fates.Count == 0;

    public PlanLife? Find(string plan) => _plans.GetValueOrDefault(plan);

    public SlotFate? Find(PatrolSlot slot) => _fates.GetValueOrDefault(slot);

    /// <summary>Misses of a plan that nobody has taken note of.</summary>
    public IEnumerable<SlotFate> MissesOf(string plan) =>
        _fates.Values.Where(fate => fate is { IsDone: false, IsNoted: false } && fate.Slot.Plan == plan);

    /// <summary>The rounds whose end may still matter: from the day up to which all is decided to today.</summary>
    public IEnumerable<PatrolRound> OpenRounds(DateTimeOffset now)
    {
        var today = ChinaTime.Day(now);
        for (var day = OpenFrom(today); day <= today; day = day.AddDays(1))
        {
            foreach (var round in RoundsOf(day))
                yield return round;
        }
    }

    public IEnumerable<PatrolRound> RoundsOf(DateOnly day) =>
        _plans.Values.SelectMany(life => PatrolSchedule.RoundsOf(life, day));

    /// <summary>
    /// Everything that has ended is decided: what only earlier days need goes. What is left does not grow with time.
    /// </summary>
    public override void Settled(DateTimeOffset now)
    {
        var today = ChinaTime.Day(now);
        var yesterday = ChinaTime.NumberOf(today.AddDays(-1));
        _openFrom = Math.Max(_openFrom, yesterday);
        var dayOfNow = ChinaTime.NumberOf(today);
        foreach (var fate in _fates.Values.Where(
            fate => fate.Slot.Day < yesterday && ChinaTime.DayNumber(fate.At) < dayOfNow).ToArray())
        {
            _fates.Remove(fate.Slot);
        }

        var oldest = ChinaTime.NumberOf(today.AddDays(-DaysBackMax));
        _marks.RemoveAll(mark => mark.Day < oldest);
        foreach (var life in _plans.Values.Where(life => life.EndedAt is not null)
            .OrderByDescending(life => life.EndedAt).Skip(EndedPlansMax).ToArray())
        {
            _plans.Remove(life.Plan.Id);
        }
    }

    /// <summary>Version after which the facts of a day begin; null when there are none.</summary>
    public long? AfterOf(int day) =>
        _marks.Where(mark => mark.Day <= day).OrderBy(mark => mark.Day).LastOrDefault()?.After;

    /// <summary>What became of the checkpoints of a day, as far as it is held.</summary>
    public IEnumerable<SlotFate> FatesOf(int day) => _fates.Values.Where(fate => fate.Slot.Day == day);

    /// <summary>Numbers and due checkpoints for the live grid.</summary>
    public PatrolBoard BoardAt(DateTimeOffset now)
    {
        var today = ChinaTime.DayNumber(now);
        ImmutableArray<DuePoint> points =
        [
            .. from round in OpenRounds(now)
               where round.IsOpen(now)
               from checkpoint in round.Plan.Checkpoints
               let slot = round.SlotOf(checkpoint)
               where !_fates.ContainsKey(slot)
               select new DuePoint(slot, checkpoint.Position, checkpoint.Radius, round.Start, round.End),
        ];
        var decided = _fates.Values.Where(fate => ChinaTime.DayNumber(fate.At) == today).ToArray();
        return new PatrolBoard(
            Version, now.UtcTicks, points.Length, decided.Count(fate => fate.IsDone),
            decided.Count(fate => !fate.IsDone), decided.Count(fate => fate is { IsDone: false, IsNoted: false }),
            Plans.Any(), points);
    }

    /// <summary>When the board changes by itself next: a window opens or ends, or the day turns. Null: never.</summary>
    public DateTimeOffset? NextTurn(DateTimeOffset now)
    {
        if (IsEmpty)
            return null;

        var next = ChinaTime.At(ChinaTime.Local(now).Date.AddDays(1));
        foreach (var round in OpenRounds(now))
        {
            next = round.Start > now && round.Start < next ? round.Start : next;
            next = round.End > now && round.End < next ? round.End : next;
        }

        return next;
    }

    public override IEnumerable<FoldPart> PartsAt(DateTimeOffset now) =>
    [
        .. _plans.Values.Select(life => FoldPart.Of(
            $"plan {life.Plan.Id}", life.EndedAt is null ? "walked" : "ended", life)),
        .. _fates.Values.Select(fate => FoldPart.Of(
            $"{fate.Slot}", fate.IsDone ? "done" : fate.IsNoted ? "missed, noted" : "missed", fate)),
        .. _marks.Select(mark => new FoldPart($"day {mark.Day}", $"after {mark.After}")),
        new FoldPart("the first day that is open", $"{_openFrom}"),
    ];

    public override PatrolSnapshot ToSnapshot() => new()
    {
        Version = Version,
        Plans = [.. _plans.Values],
        Fates = [.. _fates.Values],
        Marks = [.. _marks],
        OpenFrom = _openFrom,
    };

    private DateOnly OpenFrom(DateOnly today)
    {
        var earliest = today.AddDays(-CatchUpDaysMax);
        var from = _openFrom > 0 ? ChinaTime.DayOf(_openFrom) : earliest;
        return from > earliest ? from : earliest;
    }

    protected override void Fold(PatrolFact fact)
    {
        switch (fact)
        {
            case PatrolPlanned planned:
                _plans[planned.Plan.Id] = new PlanLife(planned.Plan, planned.At, planned.By, null);
                break;
            case PatrolEnded ended when Find(ended.Plan) is { } life:
                _plans[ended.Plan] = life with { EndedAt = ended.At };
                break;
            case CheckpointDone done:
                Decide(new SlotFate(done.Slot, done.At, done.Worker, done.Way, done.Code, false));
                break;
            case CheckpointMissed missed:
                Decide(new SlotFate(missed.Slot, missed.At, null, null, null, false));
                break;
            case MissesAcknowledged noted:
                foreach (var fate in MissesOf(noted.Plan).ToArray())
                    _fates[fate.Slot] = fate with { IsNoted = true };

                break;
        }
    }

    /// <summary>The first fact of a checkpoint of a round decides it.</summary>
    private void Decide(SlotFate fate)
    {
        _fates.TryAdd(fate.Slot, fate);
        if (_marks.Count == 0 || _marks[^1].Day < fate.Slot.Day)
            _marks.Add(new DayMark(fate.Slot.Day, Version));
    }
}
