using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Incidents;
using GridMesh.Grains.Clocks;
using GridMesh.Grains.Incidents;

namespace GridMesh.Grains.Tests.Incidents;

public sealed class GradingTests
{
    private readonly IncidentDecider _decider = new(Sample.Directory, new WorkCalendar(Sample.Directory.Data.Calendar));

    [Fact(DisplayName = "[CL22] an open case gets another severity from who dispatches it; its clock stays, and the same again is nothing")]
    public void Grades()
    {
        var state = After(null, ClosedLoopTests.Command("report"));
        var graded = After(state, Grade(Sample.By(Role.Dispatcher)));
        (graded.ToRow().Severity, graded.DueAt).ShouldBe((Severity.Major, state.DueAt));
        _decider.Decide(graded, Sample.Number, Grade(Sample.By(Role.Dispatcher)), Sample.Now)
            .ShouldBe(Decision.Nothing);
    }

    [Theory(DisplayName = "[CL22] nobody else grades, and nobody a case that is closed")]
    [InlineData(Role.Worker, false, RejectCode.OnlyADispatcherOrTheGridLeaderMay)]
    [InlineData(Role.Inspector, false, RejectCode.OnlyADispatcherOrTheGridLeaderMay)]
    [InlineData(Role.Dispatcher, true, RejectCode.CaseIsClosed)]
    public void Refused(Role role, bool isClosed, RejectCode reject)
    {
        var state = After(null, ClosedLoopTests.Command("report"));
        state = isClosed ? After(state, ClosedLoopTests.Command("reject")) : state;
        _decider.Decide(state, Sample.Number, Grade(Sample.By(role)), Sample.Now).Reject.ShouldBe(reject);
    }

    private static GradeIncident Grade(Actor by) => new(Guid.NewGuid(), by, Severity.Major, "有人受伤");

    private IncidentState After(IncidentState? state, IncidentCommand command)
    {
        var decision = _decider.Decide(state, Sample.Number, command, Sample.Now);
        return decision.Facts.Aggregate(state, (before, fact) => IncidentState.Fold(before, Sample.Number, fact))!;
    }
}
