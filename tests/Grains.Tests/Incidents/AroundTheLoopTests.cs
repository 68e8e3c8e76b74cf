using System.Collections.Immutable;
using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Incidents;
using GridMesh.Grains.Clocks;
using GridMesh.Grains.Incidents;

namespace GridMesh.Grains.Tests.Incidents;

/// <summary>The lower half of the table: desks, clocks, supervision, merging, reopening, appeals.</summary>
public sealed class AroundTheLoopTests
{
    private const string Closed = "report dispatch accept resolve pass tell";
    private const string Handling = "report dispatch accept";

    private static readonly CaseNumber s_other = CaseNumber.Create(Sample.Grid, new DateOnly(2026, 3, 2), 2);

    private readonly IncidentDecider _decider = new(Sample.Directory, new WorkCalendar(Sample.Directory.Data.Calendar));
    private DateTimeOffset _now = Sample.Now;
    private IncidentState? _state;
    private IncidentFact? _last;

    [Theory(DisplayName = "[CL7] a closed case is taken up again for 72 hours, by its reporter or an inspector")]
    [InlineData(Closed, 72, Role.Inspector, "i2", null)]
    [InlineData(Closed, 1, Role.Worker, "w1", null)]
    [InlineData(Closed + " evaluate", 1, Role.Supervisor, "s1", null)]
    [InlineData(Closed, 73, Role.Inspector, "i2", RejectCode.TimeToReopenIsOver)]
    [InlineData(Closed, 1, Role.Resident, "r9", RejectCode.OnlyReporterOrInspectorMayReopen)]
    [InlineData("report reject", 1, Role.Inspector, "i2", RejectCode.OnlyClosedCanBeReopened)]
    [InlineData(Handling, 1, Role.Inspector, "i2", RejectCode.OnlyClosedCanBeReopened)]
    public void Reopens(string before, int hours, Role role, string who, RejectCode? reject)
    {
        Do(before);
        _now += TimeSpan.FromHours(hours);
        Try(new ReopenIncident(Guid.NewGuid(), Sample.By(role, who), "it is back")).ShouldBe(reject);
        if (reject is null)
        {
            (_state!.Step, _state.Owner, _state.ClosedAt, _state.Marks.Reopens)
                .ShouldBe((Step.Reported, null, null, 1));
            _state.DueAt.ShouldBe(_now + StageLimits.Dispatch);
            _state.ToRow().ClosedDay.ShouldBe(0);
            Do("dispatch accept resolve pass tell");
            _state.Step.ShouldBe(Step.Closed);
        }
    }

    [Fact(DisplayName = "[CL8] a case goes up and down the desks one tier at a time, at its step")]
    public void Desks()
    {
        Do("report");
        _state!.Desk.Value.ShouldBe("450105001001");
        Try(Back(Sample.By(Role.Dispatcher), "450105001001")).ShouldBe(RejectCode.DeskIsTheLowest);
        Try(new EscalateIncident(Guid.NewGuid(), Sample.By(Role.Dispatcher), "up")).ShouldBeNull();
        Try(new EscalateIncident(Guid.NewGuid(), Sample.By(Role.Dispatcher, "t", "450105001"), "up")).ShouldBeNull();
        (_state.Step, _state.Desk).ShouldBe((Step.Reported, Sample.District));
        Try(new EscalateIncident(Guid.NewGuid(), Sample.By(Role.Dispatcher), "up"))
            .ShouldBe(RejectCode.DeskIsTheHighest);
        Try(Back(Sample.By(Role.Dispatcher, "t", "450105001"), "450105001001")).ShouldBe(RejectCode.OnlyTheDeskMay);
        foreach (var wrong in new[] { "450105", "450105002", "450105001002", Sample.Grid.Value, "45" })
            Try(Back(Sample.By(Role.Dispatcher), wrong)).ShouldBe(RejectCode.DeskIsNotOnTheWay, wrong);

        Try(Back(Sample.By(Role.Dispatcher), "450105001")).ShouldBeNull();
        _state.Desk.Value.ShouldBe("450105001");
        Try(new EscalateIncident(Guid.NewGuid(), Sample.By(Role.Worker, "w2", "450105001001002"), "up"))
            .ShouldBe(RejectCode.OnlyTheOwnerOrItsDeskMay);
        Do("dispatch accept");
        Try(new EscalateIncident(Guid.NewGuid(), Owner, "too much for me")).ShouldBeNull();
        (_state.Step, _state.Desk).ShouldBe((Step.Handling, Sample.District));
        Try(Back(Sample.By(Role.Dispatcher), "450105001001")).ShouldBeNull();
        _state.Desk.Value.ShouldBe("450105001001", "more than one tier at once");
        Do("resolve pass tell");
        Try(new EscalateIncident(Guid.NewGuid(), Owner, "up")).ShouldBe(RejectCode.CaseIsClosed);
    }

    [Fact(DisplayName = "[CL9] an extension is asked by the owner and granted by a supervisor, on the standard's clock, twice at most")]
    public void Extends()
    {
        Do(Handling);
        var due = _state!.DueAt!.Value;
        Try(new DecideRequest(Guid.NewGuid(), Supervisor, true, null)).ShouldBe(RejectCode.NothingWasAskedFor);
        Try(new AskExtension(Guid.NewGuid(), Sample.By(Role.Worker, "w2", "450105001001002"), 1, "why"))
            .ShouldBe(RejectCode.OnlyTheOwnerMay);
        Try(new AskExtension(Guid.NewGuid(), Owner, 9, "why")).ShouldBe(RejectCode.ExtensionIsTooLong);
        Try(new AskExtension(Guid.NewGuid(), Owner, 8, "rain")).ShouldBeNull();
        _state.DueAt.ShouldBe(due, "asking moves nothing");
        Try(new SuspendIncident(Guid.NewGuid(), Owner, "why")).ShouldBe(RejectCode.ARequestIsUndecided);
        Try(new DecideRequest(Guid.NewGuid(), Sample.By(Role.Dispatcher), true, null))
            .ShouldBe(RejectCode.OnlyASupervisorMay);
        Try(new SuspendIncident(Guid.NewGuid(), Supervisor, "wait")).ShouldBe(RejectCode.ARequestIsUndecided);
        Try(new DecideRequest(Guid.NewGuid(), Supervisor, true, null)).ShouldBeNull();

        // Due on Tuesday 09:00; Wednesday is a holiday, so one more work day is Thursday 09:00.
        due.ShouldBe(Sample.Now.AddDays(1));
        _state.DueAt.ShouldBe(Sample.Now.AddDays(3));
        Try(new AskExtension(Guid.NewGuid(), Owner, 8, "more rain")).ShouldBeNull();
        Try(new DecideRequest(Guid.NewGuid(), Supervisor, false, "no")).ShouldBeNull();
        (_state.Marks.Request, _state.Marks.Extensions, _state.DueAt).ShouldBe((null, 1, Sample.Now.AddDays(3)));
        Try(new AskExtension(Guid.NewGuid(), Owner, 8, "more rain")).ShouldBeNull();
        Try(new DecideRequest(Guid.NewGuid(), Supervisor, true, null)).ShouldBeNull();
        Try(new AskExtension(Guid.NewGuid(), Owner, 8, "more rain")).ShouldBe(RejectCode.NoMoreExtensions);
        Do("resolve");
        Try(new AskExtension(Guid.NewGuid(), Owner, 8, "why"))
            .ShouldBe(RejectCode.OnlyHandlingCanBeExtendedOrSuspended);
    }

    [Fact(DisplayName = "[CL10] the clock of a suspended case stands still, and runs on with what was left")]
    public void Suspends()
    {
        Do(Handling);
        Try(new ResumeIncident(Guid.NewGuid(), Owner)).ShouldBe(RejectCode.CaseIsNotSuspended);
        _now = Sample.Now.AddHours(2);
        Try(new SuspendIncident(Guid.NewGuid(), Owner, "waits for a part")).ShouldBeNull();
        Try(new DecideRequest(Guid.NewGuid(), Supervisor, true, null)).ShouldBeNull();
        (_state!.Marks.IsSuspended, _state.Paused).ShouldBe((true, TimeSpan.FromHours(6)));
        _state.ToView([]).DueAt.ShouldBeNull();
        Try(new ResolveIncident(Guid.NewGuid(), Owner, "done", [])).ShouldBe(RejectCode.CaseIsSuspended);
        Try(new ReturnIncident(Guid.NewGuid(), Owner, "no")).ShouldBe(RejectCode.CaseIsSuspended);
        _now = Sample.Now.AddDays(14);
        Try(new ResumeIncident(Guid.NewGuid(), Sample.By(Role.Worker, "w2", "450105001001002")))
            .ShouldBe(RejectCode.OnlyTheOwnerMay);
        Try(new ResumeIncident(Guid.NewGuid(), Owner)).ShouldBeNull();

        // Monday 09:00 and six work hours: three in the morning, three from 14:00 on.
        _state.DueAt.ShouldBe(_now.AddHours(8));
        _state.Marks.ShouldBe(CaseMarks.None);
        Try(new SuspendIncident(Guid.NewGuid(), Supervisor, "by my word")).ShouldBeNull();
        _state.Marks.IsSuspended.ShouldBeTrue("a supervisor needs no asking");
        Try(new ResumeIncident(Guid.NewGuid(), Supervisor)).ShouldBeNull();
    }

    [Theory(DisplayName = "[CL20] a case that is overdue stays so, whatever is suspended or granted; its ladder goes on")]
    [InlineData(true)]
    [InlineData(false)]
    public void StaysOverdue(bool hasLadder)
    {
        Do("report");
        if (hasLadder)
        {
            var ladder = ImmutableArray.Create(
                new Rung(Step.Handling, 60, RungAction.Escalate, null),
                new Rung(Step.Handling, 120, RungAction.Escalate, null));
            _state = _state! with { Report = _state.Report with { Ladder = ladder } };
        }

        Do("dispatch accept");
        var due = _state!.DueAt!.Value;
        _now = due;
        Fold(_decider.PassDeadline(_state, Step.Handling, due, _now));
        (_state.Overdue, _state.RungAt).ShouldBe((true, hasLadder ? due.AddMinutes(60) : null));

        _now = due.AddMinutes(20);
        Try(new SuspendIncident(Guid.NewGuid(), Supervisor, "flood")).ShouldBeNull();
        (_state.Overdue, _state.DueAt, _state.Marks.IsSuspended).ShouldBe((true, due, true));
        _decider.PassDeadline(_state, Step.Handling, due.AddMinutes(60), due.AddMinutes(60)).Facts.ShouldBeEmpty(
            "its clock stands still");
        _now = due.AddHours(2);
        Try(new ResumeIncident(Guid.NewGuid(), Owner)).ShouldBeNull();
        (_state.Overdue, _state.DueAt, _state.RungAt).ShouldBe((true, due, hasLadder ? _now.AddMinutes(40) : null));
        _decider.PassDeadline(_state, Step.Handling, due, _now).Facts.ShouldBeEmpty("it passed once");

        Try(new AskExtension(Guid.NewGuid(), Owner, 8, "rain")).ShouldBeNull();
        Try(new DecideRequest(Guid.NewGuid(), Supervisor, true, null)).ShouldBeNull();
        (_state.Overdue, _state.DueAt > due).ShouldBe((true, true));
        (_state.RungAt is not null).ShouldBe(hasLadder);
        Do("resolve");
        (_state.Overdue, _state.WasLate).ShouldBe((false, true), "another step, and on record");
    }

    [Fact(DisplayName = "[CL21] no open case lies without a clock: returned, waiting for its reporter to be told, or suspended for long")]
    public void AlwaysAClock()
    {
        Do("report dispatch return");
        _state!.DueAt.ShouldBe(_now + StageLimits.Dispatch);
        Do("dispatch accept resolve pass");
        _state.DueAt.ShouldBe(_now + StageLimits.Tell);
        _state = null;
        Do(Handling);
        Try(new SuspendIncident(Guid.NewGuid(), Supervisor, "a court decides")).ShouldBeNull();
        var until = _state!.Marks.SuspendedUntil!.Value;
        until.ShouldBe(_now + StageLimits.Suspension);
        (_state.ToRow().DueAt, _state.ToView([]).DueAt).ShouldBe((until, null));
        _decider.PassDeadline(_state, Step.Handling, until, until.AddTicks(-1)).Facts.ShouldBeEmpty();
        _now = until;
        Fold(_decider.PassDeadline(_state, Step.Handling, until, _now));
        _last.ShouldBeOfType<IncidentResumed>();
        (_state.Marks.IsSuspended, _state.Overdue, _state.DueAt > until).ShouldBe((false, false, true));
    }

    [Fact(DisplayName = "[CL15] departments that a town summons check in by a time; who comes late or not at all is on record")]
    public void Summons()
    {
        Do("report");
        var due = _now.AddMinutes(30);
        SummonDepartments Call(Actor by, DateTimeOffset at, params string[] ids) =>
            new(Guid.NewGuid(), by, [.. ids], at, "come");
        Try(Call(Sample.By(Role.Dispatcher, "c", "450105001001"), due, "d1")).ShouldBe(RejectCode.OnlyTheDeskMay);
        Try(Call(Owner, due, "d1")).ShouldBe(RejectCode.OnlyTheDeskMay);
        Try(Call(Sample.By(Role.Dispatcher), _now, "d1")).ShouldBe(RejectCode.TimeIsInThePast);
        Try(Call(Sample.By(Role.Dispatcher), due, "d1", "w1")).ShouldBe(RejectCode.DepartmentIsUnknown);
        Try(new CheckIn(Guid.NewGuid(), Sample.By(Role.Worker, "d1"))).ShouldBe(RejectCode.DepartmentWasNotSummoned);
        Try(Call(Sample.By(Role.Dispatcher, "t", "450105001"), due, "d1")).ShouldBeNull();
        _state!.Marks.Summons.ShouldBe([new Summons("d1", due, null)]);
        _now = due.AddMinutes(1);
        Try(new CheckIn(Guid.NewGuid(), Sample.By(Role.Worker, "d1"))).ShouldBeNull();
        _state.Marks.Summons.ShouldBe([new Summons("d1", due, _now)]);
        _last.ShouldBeOfType<DepartmentCheckedIn>().IsLate.ShouldBeTrue();
        Try(new CheckIn(Guid.NewGuid(), Sample.By(Role.Worker, "d1"))).ShouldBe(RejectCode.DepartmentWasNotSummoned);
        Try(Call(Sample.By(Role.Dispatcher), due.AddDays(1), [.. Enumerable.Repeat("d1", 20)]))
            .ShouldBe(RejectCode.TooManyDepartments);
    }

    [Fact(DisplayName = "[CL11] the clock and supervisors put a case under supervision, one level more each time")]
    public void Supervises()
    {
        Do("report");
        _now = _state!.DueAt!.Value;
        Fold(_decider.PassDeadline(_state, Step.Reported, _now, _now));
        _state.Marks.Supervision.ShouldBe(new Supervision(SupervisionKind.Timeout, 1));
        Try(new SuperviseIncident(Guid.NewGuid(), Sample.By(Role.Dispatcher), SupervisionKind.Leader, 3, "look"))
            .ShouldBe(RejectCode.OnlyASupervisorMay);
        Try(new SuperviseIncident(Guid.NewGuid(), Supervisor, SupervisionKind.Leader, 3, "look")).ShouldBeNull();
        _state.Marks.Supervision.ShouldBe(new Supervision(SupervisionKind.Leader, 3));
        Do("reject");
        Try(new SuperviseIncident(Guid.NewGuid(), Supervisor, SupervisionKind.Leader, 3, "look"))
            .ShouldBe(RejectCode.CaseIsClosed);
    }

    [Fact(DisplayName = "[CL12] a case is merged into an open one that took it first; one that has taken others is not merged")]
    public void Merges()
    {
        Do("report");
        Try(new MergeIncident(Guid.NewGuid(), Owner, s_other)).ShouldBe(RejectCode.OnlyADispatcherOrTheGridLeaderMay);
        Try(new MergeIncident(Guid.NewGuid(), Sample.By(Role.Dispatcher), Sample.Number))
            .ShouldBe(RejectCode.CaseCannotMergeIntoItself);
        Try(new MergeIncident(Guid.NewGuid(), Sample.By(Role.Dispatcher), s_other)).ShouldBeNull();
        (_state!.Step, _state.Marks.MergedInto, _state.DueAt).ShouldBe((Step.Merged, s_other, null));
        Try(new TakeMerged(Guid.NewGuid(), Sample.By(Role.Dispatcher), s_other))
            .ShouldBe(RejectCode.CaseToMergeIntoIsClosed);

        _state = null;
        Do("report");
        Try(new TakeMerged(Guid.NewGuid(), Sample.By(Role.Dispatcher), s_other)).ShouldBeNull();
        Try(new TakeMerged(Guid.NewGuid(), Sample.By(Role.Dispatcher), s_other)).ShouldBeNull();
        _state!.Marks.Merged.ShouldBe([s_other]);
        Try(new MergeIncident(Guid.NewGuid(), Sample.By(Role.Dispatcher), s_other))
            .ShouldBe(RejectCode.CaseHoldsMergedCases);
        Do("dispatch");
        _state.Step.ShouldBe(Step.Dispatched);
    }

    [Fact(DisplayName = "[CL13] a late case is appealed once by its owner; two reviewers have to agree, and lateness stays on record")]
    public void Appeals()
    {
        Do(Handling);
        _now = _state!.DueAt!.Value;
        Fold(_decider.PassDeadline(_state, Step.Handling, _now, _now));
        Do("resolve");
        Try(new AppealIncident(Guid.NewGuid(), Owner, "flood")).ShouldBe(RejectCode.OnlyClosedCanBeAppealed);
        Do("pass tell");
        Try(new ReviewAppeal(Guid.NewGuid(), Supervisor, true, null)).ShouldBe(RejectCode.NoAppealIsOpen);
        Try(new AppealIncident(Guid.NewGuid(), Supervisor, "flood")).ShouldBe(RejectCode.OnlyTheOwnerMay);
        Try(new AppealIncident(Guid.NewGuid(), Owner, "flood")).ShouldBeNull();
        Try(new AppealIncident(Guid.NewGuid(), Owner, "flood")).ShouldBe(RejectCode.CaseWasAppealedAlready);
        Try(new ReviewAppeal(Guid.NewGuid(), Sample.By(Role.Dispatcher), true, null))
            .ShouldBe(RejectCode.OnlyASupervisorMay);
        Try(new ReviewAppeal(Guid.NewGuid(), Supervisor, true, null)).ShouldBeNull();
        Try(new ReviewAppeal(Guid.NewGuid(), Supervisor, true, null)).ShouldBe(RejectCode.ReviewersMustDiffer);
        Try(new ReviewAppeal(Guid.NewGuid(), Sample.By(Role.Supervisor, "s2"), true, null)).ShouldBeNull();
        (_state.Marks.Appeal, _state.WasLate).ShouldBe((AppealState.Granted, true));
        Try(new ReviewAppeal(Guid.NewGuid(), Sample.By(Role.Supervisor, "s3"), false, "no"))
            .ShouldBe(RejectCode.NoAppealIsOpen);
    }

    [Fact(DisplayName = "[CL13] a case that was in time cannot be appealed, and one no refuses an appeal")]
    public void NoAppeal()
    {
        Do(Closed);
        Try(new AppealIncident(Guid.NewGuid(), Owner, "why")).ShouldBe(RejectCode.OnlyLateCasesCanBeAppealed);
        _state = null;
        Do(Handling);
        Fold(_decider.PassDeadline(_state, Step.Handling, _state!.DueAt!.Value, _state.DueAt.Value));
        Do("resolve pass tell");
        Try(new AppealIncident(Guid.NewGuid(), Owner, "flood")).ShouldBeNull();
        Try(new ReviewAppeal(Guid.NewGuid(), Owner with { Role = Role.Supervisor }, true, null))
            .ShouldBe(RejectCode.NobodyDecidesForThemselves);
        Try(new ReviewAppeal(Guid.NewGuid(), Supervisor, false, "no flood")).ShouldBeNull();
        _state.Marks.Appeal.ShouldBe(AppealState.Refused);
    }

    [Fact(DisplayName = "[CL14] a case keeps the limit and clock it was filed under when its standard changes or goes")]
    public void KeepsItsTerms()
    {
        Do("report dispatch");
        var old = Sample.Directory.Data;
        foreach (var standards in new[]
        {
            [.. old.Standards.Select(standard => standard with { Limit = 30, Clock = ClockKind.NaturalDay })],
            ImmutableArray<FilingStandard>.Empty,
        })
        {
            var later = new IncidentDecider(
                new DirectoryView(old with { Standards = standards }), new WorkCalendar(old.Calendar));
            var accepted = later.Decide(_state, Sample.Number, ClosedLoopTests.Command("accept"), _now);
            accepted.Facts.Single().ShouldBeOfType<IncidentAccepted>().HandleDue.ShouldBe(Sample.Now.AddDays(1));
        }
    }

    private static Actor Owner => Sample.By(Role.Worker, "w1", Sample.Grid.Value);

    private static Actor Supervisor => Sample.By(Role.Supervisor, "s1");

    private static HandBackIncident Back(Actor by, string to) => new(Guid.NewGuid(), by, AreaCode.Parse(to), "down");

    private void Do(string commands)
    {
        foreach (var name in commands.Split(' '))
            Try(ClosedLoopTests.Command(name)).ShouldBeNull(name);
    }

    private RejectCode? Try(IncidentCommand command)
    {
        var decision = _decider.Decide(_state, Sample.Number, command, _now);
        Fold(decision);
        return decision.Reject;
    }

    private void Fold(Decision decision)
    {
        foreach (var fact in decision.Facts)
        {
            var stored = IncidentHistory.Encode(fact);
            var read = System.Text.Json.JsonSerializer.Deserialize<IncidentFact>(
                stored, GridMesh.Contracts.Json.MeshJson.Compact)!;
            IncidentHistory.Encode(read).ShouldBe(stored, "facts come back as they were");
            _state = IncidentState.Fold(_state, Sample.Number, read);
            _last = read;
        }
    }
}
