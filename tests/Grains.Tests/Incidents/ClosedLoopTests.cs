using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Incidents;
using GridMesh.Grains.Clocks;
using GridMesh.Grains.Incidents;

namespace GridMesh.Grains.Tests.Incidents;

/// <summary>
/// The table of DOMAIN "The closed loop", row by row: steps so far, one more command, what comes of it.
/// </summary>
public sealed class ClosedLoopTests
{
    private readonly IncidentDecider _decider = new(Sample.Directory, new WorkCalendar(Sample.Directory.Data.Calendar));

    [Theory(DisplayName = "[CL1] a command moves a case only along the table")]
    [InlineData("report", "Reported")]
    [InlineData("report dispatch", "Dispatched")]
    [InlineData("report self", "Handling")]
    [InlineData("report reject", "Rejected")]
    [InlineData("report dispatch accept", "Handling")]
    [InlineData("report dispatch return", "Returned")]
    [InlineData("report dispatch accept return", "Returned")]
    [InlineData("report dispatch accept return dispatch", "Dispatched")]
    [InlineData("report dispatch accept resolve", "Inspecting")]
    [InlineData("report dispatch accept resolve pass", "Feedback")]
    [InlineData("report dispatch accept resolve fail", "Handling")]
    [InlineData("report dispatch accept resolve fail resolve pass tell", "Closed")]
    [InlineData("report dispatch accept resolve pass tell evaluate", "Evaluated")]
    [InlineData("report self resolve pass tell evaluate", "Evaluated")]
    public void Moves(string commands, string step) => Run(commands).Step.ToString().ShouldBe(step);

    [Theory(DisplayName = "[CL1] any other command is refused with a code that says why")]
    [InlineData("", "dispatch", RejectCode.CaseNotFound)]
    [InlineData("report", "report", RejectCode.CaseAlreadyReported)]
    [InlineData("report", "accept", RejectCode.OnlyDispatchedCanBeAccepted)]
    [InlineData("report", "resolve", RejectCode.OnlyHandlingCanBeResolved)]
    [InlineData("report", "return", RejectCode.OnlyDispatchedOrHandlingCanBeReturned)]
    [InlineData("report", "pass", RejectCode.OnlyInspectingCanBeInspected)]
    [InlineData("report", "tell", RejectCode.OnlyFeedbackCanBeTold)]
    [InlineData("report", "evaluate", RejectCode.OnlyClosedCanBeEvaluated)]
    [InlineData("report dispatch", "dispatch", RejectCode.OnlyReportedOrReturnedCanBeDispatched)]
    [InlineData("report dispatch", "resolve", RejectCode.OwnerMustAcceptFirst)]
    [InlineData("report dispatch", "self", RejectCode.OnlyReportedCanBeSelfHandled)]
    [InlineData("report dispatch", "reject", RejectCode.OnlyReportedCanBeRejected)]
    [InlineData("report dispatch accept return", "accept", RejectCode.OnlyDispatchedCanBeAccepted)]
    [InlineData("report dispatch accept return", "resolve", RejectCode.OnlyHandlingCanBeResolved)]
    [InlineData("report dispatch accept resolve", "resolve", RejectCode.OnlyHandlingCanBeResolved)]
    [InlineData("report dispatch accept resolve pass", "evaluate", RejectCode.OnlyClosedCanBeEvaluated)]
    [InlineData("report reject", "dispatch", RejectCode.OnlyReportedOrReturnedCanBeDispatched)]
    [InlineData("report self resolve pass tell evaluate", "evaluate", RejectCode.OnlyClosedCanBeEvaluated)]
    public void Refusals(string commands, string next, RejectCode reject) =>
        Decide(commands.Length == 0 ? null : Run(commands), Command(next), Sample.Now).Reject.ShouldBe(reject);

    [Theory(DisplayName = "[CL2] only who the table names may give a command")]
    [InlineData(
        "report", "dispatch", Role.Worker, "w1", "450105001001001", RejectCode.OnlyADispatcherOrTheGridLeaderMay)]
    [InlineData(
        "report", "dispatch", Role.Dispatcher, "x", "450105001001001", RejectCode.OnlyADispatcherOrTheGridLeaderMay)]
    [InlineData("report", "dispatch", Role.Lead, "x", "450105001001001", null)]
    [InlineData("report", "dispatch", Role.Lead, "x", "450105001001", RejectCode.OnlyADispatcherOrTheGridLeaderMay)]
    [InlineData("report", "self", Role.Worker, "w2", "450105001001002", RejectCode.OnlyAWorkerOfTheGridMaySelfHandle)]
    [InlineData("report", "reject", Role.Inspector, "x", "450105", RejectCode.OnlyADispatcherOrTheGridLeaderMay)]
    [InlineData("report dispatch", "accept", Role.Worker, "w2", "450105001001002", RejectCode.OnlyTheOwnerMay)]
    [InlineData("report dispatch", "return", Role.Dispatcher, "x", "450105", RejectCode.OnlyTheOwnerMay)]
    [InlineData("report dispatch accept", "resolve", Role.Worker, "w2", "450105", RejectCode.OnlyTheOwnerMay)]
    [InlineData("report dispatch accept resolve", "pass", Role.Worker, "w2", "450105", RejectCode.OnlyAnInspectorMay)]
    [InlineData(
        "report dispatch accept resolve", "pass", Role.Inspector, "w1", "450105",
        RejectCode.InspectorMustNotBeTheHandler)]
    [InlineData(
        "report dispatch accept resolve pass", "tell", Role.Worker, "w2", "450105",
        RejectCode.OnlyADispatcherOrTheOwnerMayTell)]
    [InlineData("report dispatch accept resolve pass", "tell", Role.Worker, "w1", "450105", null)]
    [InlineData(
        "report dispatch accept resolve pass tell", "evaluate", Role.Worker, "w2", "450105",
        RejectCode.OnlyReporterOrResidentMayEvaluate)]
    public void WhoMay(string commands, string next, Role role, string id, string area, RejectCode? reject) =>
        Decide(Run(commands), Command(next, Sample.By(role, id, area)), Sample.Now).Reject.ShouldBe(reject);

    [Fact(DisplayName = "[AC3] a token limited to lines commands no other line's case")]
    public void Lines() =>
        Decide(
            Run("report"), Command("dispatch", Sample.By(Role.Dispatcher, "x", "450105", Line.Emergency)), Sample.Now)
            .Reject.ShouldBe(RejectCode.LineIsOutsideYourOwn);

    [Theory(DisplayName = "[CL4] an owner has to exist, in reach, and serve the line")]
    [InlineData("nobody", RejectCode.OwnerIsUnknown)]
    [InlineData("w3", RejectCode.OwnerDoesNotServeThisLine)]
    [InlineData("w2", null)]
    [InlineData("d1", null)]
    public void Owners(string owner, RejectCode? reject) => Decide(
        Run("report"), new DispatchIncident(Guid.NewGuid(), Sample.By(Role.Dispatcher), owner),
        Sample.Now).Reject.ShouldBe(reject);

    [Theory(DisplayName = "[CL4] a report needs a known category and a line that matches it")]
    [InlineData("nonsense", null, RejectCode.CategoryIsUnknown)]
    [InlineData("litter", Line.Emergency, RejectCode.LineDoesNotMatchCategory)]
    [InlineData("litter", Line.UrbanManagement, null)]
    public void Categories(string category, Line? line, RejectCode? reject) => Decide(
        null, ReportOf(category, line), Sample.Now).Reject.ShouldBe(reject);

    [Fact(DisplayName = "[CL3] the same owner gets what was left of the clock, another one the whole limit")]
    public void ReturnedClock()
    {
        var state = Run("report dispatch accept", "cover");
        state.DueAt.ShouldBe(Sample.Now.AddHours(2));
        var returned = Apply(state, Command("return"), Sample.Now.AddMinutes(30));
        returned.DueAt.ShouldBe(Sample.Now.AddMinutes(45), "somebody else has to be found");
        returned.Remaining.ShouldBe(TimeSpan.FromMinutes(90));

        var later = Sample.Now.AddHours(5);
        var again = Apply(Apply(returned, Command("dispatch"), later), Command("accept"), later);
        again.DueAt.ShouldBe(later.AddMinutes(90));

        var other = Apply(returned, new DispatchIncident(Guid.NewGuid(), Sample.By(Role.Dispatcher), "w2"), later);
        Apply(other, Command("accept", Sample.By(Role.Worker, "w2")), later).DueAt.ShouldBe(later.AddHours(2));
    }

    [Fact(DisplayName = "[CL1] rework and returns are counted, the score is kept")]
    public void Counts()
    {
        var state = Run("report dispatch return dispatch accept resolve fail resolve pass tell evaluate");
        (state.Returns, state.Rework, state.Evaluation).ShouldBe((1, 1, 5));
    }

    [Theory(DisplayName = "[DL1] a deadline that passes is one fact")]
    [InlineData(Step.Reported, 0, 15, 1)]
    [InlineData(Step.Reported, 0, 14, 0)]
    [InlineData(Step.Dispatched, 0, 15, 0)]
    [InlineData(Step.Reported, 1, 16, 0)]
    public void Deadlines(Step step, int dueOff, int minutes, int facts)
    {
        var state = Run("report");
        var due = state.DueAt!.Value.AddMinutes(dueOff);
        var decision = _decider.PassDeadline(state, step, due, Sample.Now.AddMinutes(minutes));
        decision.Facts.Length.ShouldBe(facts);
        if (facts == 1)
        {
            var passed = IncidentState.Fold(state, Sample.Number, decision.Facts[0]);
            passed.Overdue.ShouldBeTrue();
            _decider.PassDeadline(passed, step, due, Sample.Now.AddMinutes(minutes)).Facts.ShouldBeEmpty();
        }
    }

    [Fact(DisplayName = "[DL4] leaving the step leaves its deadline behind")]
    public void DeadlineOfALeftStep()
    {
        var due = Run("report").DueAt!.Value;
        var state = Run("report dispatch");
        _decider.PassDeadline(state, Step.Reported, due, due.AddHours(1)).Facts.ShouldBeEmpty();
        state.Overdue.ShouldBeFalse();
    }

    [Fact(DisplayName = "[DL1] the same deadline has the same command id everywhere, another one has another")]
    public void DeadlineIds()
    {
        var due = Sample.Now;
        var id = IncidentGrain.DeadlineId(Sample.Number, Step.Reported, due);
        IncidentGrain.DeadlineId(Sample.Number, Step.Reported, due).ShouldBe(id);
        IncidentGrain.DeadlineId(Sample.Number, Step.Dispatched, due).ShouldNotBe(id);
        IncidentGrain.DeadlineId(Sample.Number, Step.Reported, due.AddTicks(1)).ShouldNotBe(id);
    }

    [Theory(DisplayName = "[PR4] the same alarm while its case is open is the same case, at most one sighting a minute")]
    [InlineData("report", 30, 0, null)]
    [InlineData("report", 90, 1, null)]
    [InlineData("report self resolve pass tell", 90, 0, RejectCode.CaseAlreadyReported)]
    public void SameAlarm(string commands, int seconds, int facts, RejectCode? reject)
    {
        var state = Run(commands, "litter", "cam:FireRisk");
        var decision = Decide(state, ReportOf("litter", null, "cam:FireRisk"), Sample.Now.AddSeconds(seconds));
        decision.Reject.ShouldBe(reject);
        decision.Facts.Length.ShouldBe(facts);
    }

    [Fact(DisplayName = "[ON1] a history gives the answer that a command was given first")]
    public void FirstAnswers()
    {
        var history = new IncidentHistory(Sample.Number);
        var ids = new List<Guid>();
        foreach (var name in new[] { "report", "dispatch", "accept" })
        {
            var command = Command(name);
            ids.Add(command.CommandId);
            foreach (var fact in Decide(history.State, command, Sample.Now).Facts)
                history.Add(history.Version + 1, command.CommandId, fact);
        }

        history.AfterCommand(ids[1])!.Step.ShouldBe(Step.Dispatched);
        history.AfterCommand(ids[1])!.History.Length.ShouldBe(2);
        history.AfterCommand(ids[2])!.Step.ShouldBe(Step.Handling);
        history.AfterCommand(Guid.NewGuid()).ShouldBeNull();
    }

    [Fact(DisplayName = "[CL1] facts come back from their stored form as they were")]
    public void StoredForm()
    {
        var facts = new List<IncidentFact>();
        IncidentState? state = null;
        foreach (var name in "report dispatch accept return dispatch accept resolve fail resolve pass tell evaluate"
            .Split(' '))
        {
            var fact = Decide(state, Command(name), Sample.Now).Facts.Single();
            facts.Add(fact);
            state = IncidentState.Fold(state, Sample.Number, fact);
        }

        foreach (var fact in facts)
        {
            var record = new GridMesh.Contracts.Storage.JournalRecord(
                1, Sample.Number.Value, 1, Guid.Empty, Sample.District, fact.GetType().Name, fact.At, fact.By,
                IncidentHistory.Encode(fact), default);
            var read = IncidentHistory.Decode(record);
            read.GetType().ShouldBe(fact.GetType());
            IncidentHistory.Encode(read).ShouldBe(IncidentHistory.Encode(fact));
        }
    }

    private static ReportIncident ReportOf(string category, Line? line = null, string? alarm = null) => new(
        Guid.NewGuid(), Sample.By(Role.Worker, "w1", Sample.Grid.Value), category, "text", null, line, null,
        Source.Worker, null, alarm);

    internal static IncidentCommand Command(
        string name, Actor? by = null, string category = "litter", string? alarm = null)
    {
        var id = Guid.NewGuid();
        var dispatcher = by ?? Sample.By(Role.Dispatcher);
        var owner = by ?? Sample.By(Role.Worker, "w1", Sample.Grid.Value);
        var inspector = by ?? Sample.By(Role.Inspector, "i1");
        return name switch
        {
            "report" => ReportOf(category, null, alarm),
            "dispatch" => new DispatchIncident(id, dispatcher, "w1"),
            "self" => new SelfHandleIncident(id, owner),
            "reject" => new RejectIncident(id, dispatcher, "no"),
            "accept" => new AcceptIncident(id, owner),
            "return" => new ReturnIncident(id, owner, "not mine"),
            "resolve" => new ResolveIncident(id, owner, "done", ["photo"]),
            "pass" => new InspectIncident(id, inspector, true, null),
            "fail" => new InspectIncident(id, inspector, false, "again"),
            "tell" => new TellReporter(id, dispatcher, "it is done"),
            "evaluate" => new EvaluateIncident(id, by ?? Sample.By(Role.Resident, "r1"), 5, null),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no such command"),
        };
    }

    private IncidentState Run(string commands, string category = "litter", string? alarm = null)
    {
        IncidentState? state = null;
        foreach (var name in commands.Split(' '))
            state = Apply(state, Command(name, null, category, alarm), Sample.Now);

        return state!;
    }

    private IncidentState Apply(IncidentState? state, IncidentCommand command, DateTimeOffset now)
    {
        var decision = Decide(state, command, now);
        decision.Reject.ShouldBeNull();
        return decision.Facts.Aggregate(state, (s, fact) => IncidentState.Fold(s, Sample.Number, fact))!;
    }

    private Decision Decide(IncidentState? state, IncidentCommand command, DateTimeOffset now) =>
        _decider.Decide(state, Sample.Number, command, now);
}
