using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Incidents;
using GridMesh.Grains.Clocks;
using GridMesh.Grains.Incidents;

namespace GridMesh.Grains.Tests.Incidents;

/// <summary>
/// The clock goes on from where a deadline passed. Sample.Now is Monday 09:00; Wednesday is a holiday.
/// </summary>
public sealed class LadderTests
{
    private static readonly LadderRow[] s_ladder =
    [
        Row(Step.Handling, 480, RungAction.Escalate),
        Row(Step.Handling, 120, RungAction.Supervise, 3),
        Row(Step.Reported, 30, RungAction.Escalate),
        Row(Step.Reported, 30, RungAction.Supervise, 2),
        Row(Step.Reported, 60, RungAction.Escalate),
        Row(Step.Reported, 90, RungAction.Escalate),
        Row(Step.Reported, 120, RungAction.Escalate),
    ];

    private readonly List<IncidentFact> _facts = [];
    private IncidentDecider _decider = DeciderOf(s_ladder);
    private IncidentState? _state;
    private DateTimeOffset _now = Sample.Now;

    [Fact(DisplayName = "[SD10, SD15] rungs come due on the clock on which the deadline ran: work hours for a work-day limit; what they do says how late it was, in minutes")]
    public void OnTheCaseClock()
    {
        Do("report dispatch accept");
        PassClock().ShouldBe(At(3, 9, 0));
        PassClock().ShouldBe(At(3, 11, 0));
        _facts[^2].ShouldBe(new RungPassed(At(3, 11, 0), "clock", Step.Handling, At(3, 11, 0), 1, At(5, 9, 0)));
        var supervised = _facts[^1].ShouldBeOfType<IncidentSupervised>();
        (supervised.Level, supervised.Reason, supervised.MinutesPast).ShouldBe((3, string.Empty, 120));
        _state!.Marks.Supervision.ShouldBe(new Supervision(SupervisionKind.Timeout, 3));
        PassClock().ShouldBe(At(5, 9, 0));
        var escalated = _facts[^1].ShouldBeOfType<IncidentEscalated>();
        (escalated.Desk.Value, escalated.Reason, escalated.MinutesPast).ShouldBe(("450105001", string.Empty, 480));
        _facts[^1].By.ShouldBe("clock");
        _state.Desk.Value.ShouldBe("450105001");
        _state.RungAt.ShouldBeNull();
        _facts.OfType<DeadlinePassed>().ShouldHaveSingleItem();
    }

    [Fact(DisplayName = "[SD10] steps whose deadline never stands still have rungs that never do, and two at one moment are both done")]
    public void OnTheClockThatNeverStops()
    {
        Do("report");
        PassClock().ShouldBe(At(2, 9, 15));
        PassClock().ShouldBe(At(2, 9, 45));
        PassClock().ShouldBe(At(2, 9, 45));
        _facts.Select(fact => fact.GetType().Name).ShouldBe(
        [
            "IncidentReported", "DeadlinePassed", "RungPassed", "IncidentEscalated", "RungPassed", "IncidentSupervised",
        ]);
        _state!.Marks.Supervision!.Level.ShouldBe(2);
    }

    [Fact(DisplayName = "[SD10] a rung fires once: told again, too early or of another step it does nothing")]
    public void Once()
    {
        Do("report");
        PassClock();
        var due = _state!.RungAt!.Value;
        _decider.PassDeadline(_state, Step.Reported, due, due.AddTicks(-1)).Facts.ShouldBeEmpty();
        _decider.PassDeadline(_state, Step.Handling, due, due).Facts.ShouldBeEmpty();
        _decider.PassDeadline(_state, Step.Reported, due.AddMinutes(1), due.AddHours(1)).Facts.ShouldBeEmpty();
        PassClock();
        PassClock();
        _decider.PassDeadline(_state, Step.Reported, due, due).Facts.ShouldBeEmpty();
    }

    [Fact(DisplayName = "[SD10] a case that leaves the step or is closed has no rung due; the clock of its rungs stands still while it is suspended")]
    public void LeavesTheStep()
    {
        Do("report");
        PassClock();
        _state!.RungAt.ShouldNotBeNull();
        Do("dispatch");
        _state.RungAt.ShouldBeNull();
        Do("accept");
        PassClock();
        _state.RungAt.ShouldNotBeNull();
        Fold(_decider.Decide(
            _state, Sample.Number, new SuspendIncident(Guid.NewGuid(), Sample.By(Role.Supervisor, "s1"), "waits"),
            _now));
        (_state.RungAt, _state.DueAt, _state.Overdue).ShouldBe((_state.Marks.SuspendedUntil, At(3, 9, 15), true));
        _now = At(5, 15, 0);
        Fold(_decider.Decide(
            _state, Sample.Number, new ResumeIncident(Guid.NewGuid(), Sample.By(Role.Supervisor, "s1")), _now));
        PassClock().ShouldBe(At(5, 17, 0));
        _state.Rungs.ShouldBe(1);
        Do("resolve");
        (_state.RungAt, _state.Rungs).ShouldBe((null, 0));
    }

    [Fact(DisplayName = "[SD12] the clock brings a case no higher than the district, and a desk hands back between two rungs")]
    public void UpAndDown()
    {
        Do("report");
        PassClock();
        PassClock();
        PassClock();
        _state!.Desk.Value.ShouldBe("450105001");
        var town = Sample.By(Role.Dispatcher, "town", "450105001");
        Fold(_decider.Decide(
            _state, Sample.Number,
            new HandBackIncident(Guid.NewGuid(), town, AreaCode.Parse("450105001001"), "yours"), _now));
        _state.Desk.Value.ShouldBe("450105001001");
        PassClock().ShouldBe(At(2, 10, 15));
        _state.Desk.Value.ShouldBe("450105001");
        PassClock();
        _state.Desk.Value.ShouldBe("450105");
        PassClock();
        _state.Desk.Value.ShouldBe("450105");
        _facts[^1].ShouldBeOfType<RungPassed>().RungAt.ShouldBeNull();
    }

    [Fact(DisplayName = "[SD12] a rung never takes supervision back that is higher already")]
    public void NeverLower()
    {
        Do("report");
        Fold(_decider.Decide(
            _state, Sample.Number,
            new SuperviseIncident(
                Guid.NewGuid(), Sample.By(Role.Supervisor, "s1"), SupervisionKind.Important, 3, "mayor"), _now));
        PassClock();
        PassClock();
        PassClock();
        _state!.Marks.Supervision!.Level.ShouldBe(3);
        _facts[^1].ShouldBeOfType<RungPassed>();
    }

    [Fact(DisplayName = "[SD8] an open case keeps the ladder that it was filed under; one filed without has none")]
    public void Keeps()
    {
        Do("report");
        _decider = DeciderOf([]);
        PassClock();
        PassClock().ShouldBe(At(2, 9, 45));
        _state!.Desk.Value.ShouldBe("450105001");

        (_state, _now) = (null, Sample.Now);
        Do("report");
        _state!.Report.Ladder.ShouldBeNull();
        _decider = DeciderOf(s_ladder);
        PassClock();
        _state.RungAt.ShouldBeNull();
    }

    [Fact(DisplayName = "[SD7] a changed calendar moves only deadlines and rungs that are computed after it")]
    public void Calendar()
    {
        Do("report dispatch accept");
        var due = _state!.DueAt;
        due.ShouldBe(At(3, 9, 0));
        _decider = DeciderOf(s_ladder, new CalendarDay(new DateOnly(2026, 3, 3), false, "holiday too"));
        PassClock().ShouldBe(due!.Value);
        _state.RungAt.ShouldBe(At(5, 10, 0), "Tuesday and Wednesday are holidays by now");
    }

    [Theory(DisplayName = "[SD9] the most specific ladder wins as a whole: category before line before any, each with the severity first")]
    [InlineData("cover", Severity.Urgent, 1)]
    [InlineData("cover", Severity.Normal, 2)]
    [InlineData("litter", Severity.Urgent, 3)]
    [InlineData("litter", Severity.Major, 4)]
    [InlineData("smoke", Severity.Urgent, 5)]
    [InlineData("smoke", Severity.Normal, 6)]
    public void MostSpecific(string category, Severity severity, int after)
    {
        Ladders ladders = new(
        [
            Row(Step.Handling, 6, RungAction.Escalate),
            Row(Step.Handling, 5, RungAction.Escalate) with { Severity = Severity.Urgent },
            Row(Step.Handling, 4, RungAction.Escalate) with { Line = Line.UrbanManagement },
            Row(Step.Handling, 3, RungAction.Escalate) with { Line = Line.UrbanManagement, Severity = Severity.Urgent },
            Row(Step.Handling, 2, RungAction.Escalate) with { Category = "cover" },
            Row(Step.Handling, 1, RungAction.Escalate) with { Category = "cover", Severity = Severity.Urgent },
        ]);
        ladders.For(Sample.Directory.Standards[category], severity)!.Value.Single().After.ShouldBe(after);
        new Ladders([Row(Step.Handling, 1, RungAction.Escalate) with { Category = "other" }])
            .For(Sample.Directory.Standards[category], severity).ShouldBeNull();
    }

    [Theory(DisplayName = "[SD8] a rung is a short text in the facts of its case, and comes back from it")]
    [InlineData(Step.Handling, 30, RungAction.Supervise, 2, "Handling+30 Supervise 2")]
    [InlineData(Step.Reported, 0, RungAction.Escalate, null, "Reported+0 Escalate")]
    public void Text(Step step, int after, RungAction action, int? level, string text)
    {
        var rung = new Rung(step, after, action, level);
        rung.ToString().ShouldBe(text);
        Rung.TryParse(text, out var read).ShouldBeTrue();
        read.ShouldBe(rung);
        foreach (var broken in new[] { "", "Handling", "9+1 Escalate", "Handling+x Escalate", "Handling+1 Shout",
            "Handling+1 Escalate x", $"{text} 3 4" })
            Rung.TryParse(broken, out _).ShouldBeFalse(broken);
    }

    [Fact(DisplayName = "[SD10] the same rung after the same deadline has the same command id, another one another")]
    public void Ids()
    {
        var due = Sample.Now;
        var ids = new[]
        {
            IncidentGrain.DeadlineId(Sample.Number, Step.Handling, due),
            IncidentGrain.RungId(Sample.Number, Step.Handling, due, 1),
            IncidentGrain.RungId(Sample.Number, Step.Handling, due, 2),
            IncidentGrain.RungId(Sample.Number, Step.Handling, due.AddTicks(1), 1),
            IncidentGrain.RungId(Sample.Number, Step.Dispatched, due, 1),
        };
        ids.Distinct().Count().ShouldBe(ids.Length);
        IncidentGrain.RungId(Sample.Number, Step.Handling, due, 1).ShouldBe(ids[1]);
    }

    private static LadderRow Row(Step step, int after, RungAction action, int? level = null) =>
        new(null, null, null, new Rung(step, after, action, level));

    private static IncidentDecider DeciderOf(LadderRow[] ladders, params CalendarDay[] days)
    {
        var data = Sample.Directory.Data with { Ladders = [.. ladders] };
        return new IncidentDecider(new DirectoryView(data), new WorkCalendar([.. data.Calendar, .. days]));
    }

    private static DateTimeOffset At(int day, int hour, int minute) =>
        new(2026, 3, day, hour, minute, 0, TimeSpan.FromHours(8));

    /// <summary>Moves the clock to what the case waits for; answers when that was.</summary>
    private DateTimeOffset PassClock()
    {
        _now = (_state!.Overdue ? _state.RungAt : _state.DueAt)!.Value;
        var before = _state.Version;
        Fold(_decider.PassDeadline(_state, _state.Step, _now, _now));
        _state.Version.ShouldBeGreaterThan(before, "something was due");
        return _now;
    }

    private void Do(string commands)
    {
        foreach (var name in commands.Split(' '))
            Fold(_decider.Decide(_state, Sample.Number, ClosedLoopTests.Command(name), _now));
    }

    private void Fold(Decision decision)
    {
        decision.Reject.ShouldBeNull();
        foreach (var fact in decision.Facts)
        {
            // Through the journal's own form, so that nothing of it is only in memory.
            var read = System.Text.Json.JsonSerializer.Deserialize<IncidentFact>(
                IncidentHistory.Encode(fact), GridMesh.Contracts.Json.MeshJson.Compact)!;
            _state = IncidentState.Fold(_state, Sample.Number, read);
            _facts.Add(read);
        }
    }
}
