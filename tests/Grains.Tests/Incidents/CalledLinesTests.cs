using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Subscriptions;
using GridMesh.Grains.Clocks;
using GridMesh.Grains.Incidents;
using GridMesh.Grains.Subscriptions;

namespace GridMesh.Grains.Tests.Incidents;

/// <summary>One case seen by several lines, owned by one.</summary>
public sealed class CalledLinesTests
{
    private static readonly Actor s_dispatcher = Sample.By(Role.Dispatcher);
    private static readonly Actor s_police = Sample.By(Role.Dispatcher, "police", "450105", Line.PublicSecurity);

    private readonly IncidentDecider _decider = new(Sample.Directory, new WorkCalendar(Sample.Directory.Data.Calendar));
    private IncidentState? _state;

    [Fact(DisplayName = "[CL18] a line that is called sees the case and says what it knows; its own line, owner and clock stay")]
    public void Called()
    {
        Do("report dispatch accept");
        Try(Note(s_police)).ShouldBe(RejectCode.LineIsOutsideYourOwn);
        var due = _state!.DueAt;
        Try(Call(s_dispatcher, Line.PublicSecurity, Line.UrbanManagement)).ShouldBeNull();
        (_state.Report.Line, _state.Owner, _state.DueAt, _state.Step)
            .ShouldBe((Line.UrbanManagement, "w1", due, Step.Handling));
        _state.AlsoLines.ShouldBe([Line.PublicSecurity], "its own line sees it anyway");
        _state.ToRow().AlsoLines.ShouldBe(1 << (int)Line.PublicSecurity);
        _state.ToView([]).AlsoLines.ShouldBe([Line.PublicSecurity]);
        Try(Note(s_police)).ShouldBeNull();
        Try(Photo(s_police)).ShouldBeNull();
        foreach (var name in new[] { "resolve", "dispatch", "reject", "self" })
            Try(ClosedLoopTests.Command(name) with { By = s_police }).ShouldBe(RejectCode.LineIsOutsideYourOwn, name);
    }

    [Fact(DisplayName = "[CL18] who is called already is not called again, and lines are only added")]
    public void Again()
    {
        Do("report");
        Try(Call(s_dispatcher, Line.PublicSecurity)).ShouldBeNull();
        var version = _state!.Version;
        Try(Call(s_dispatcher, Line.PublicSecurity)).ShouldBeNull();
        _state.Version.ShouldBe(version);
        Try(Call(s_dispatcher, Line.Emergency, Line.PublicSecurity)).ShouldBeNull();
        _state.AlsoLines.ShouldBe([Line.PublicSecurity, Line.Emergency]);
    }

    [Theory(DisplayName = "[CL18] the desk, the grid's leader and the owner call others, while the case is open")]
    [InlineData("report", Role.Dispatcher, "x", "450105", null)]
    [InlineData("report", Role.Lead, "l1", "450105001001001", null)]
    [InlineData("report", Role.Worker, "w1", "450105001001001", RejectCode.OnlyTheOwnerOrItsDeskMay)]
    [InlineData("report dispatch", Role.Worker, "w1", "450105001001001", null)]
    [InlineData("report", Role.Viewer, "v", "450105", RejectCode.OnlyTheOwnerOrItsDeskMay)]
    [InlineData("report dispatch accept resolve pass tell", Role.Dispatcher, "x", "450105", RejectCode.CaseIsClosed)]
    public void Who(string before, Role role, string id, string area, RejectCode? reject)
    {
        Do(before);
        Try(Call(Sample.By(role, id, area), Line.Emergency)).ShouldBe(reject);
    }

    [Fact(DisplayName = "[CL19] who works on cases notes what it knows, a hundred times at most; residents and viewers do not")]
    public void Notes()
    {
        Do("report");
        Try(Note(Sample.By(Role.Resident, "r1"))).ShouldBe(RejectCode.RoleMayNot);
        Try(Note(Sample.By(Role.Viewer, "v1"))).ShouldBe(RejectCode.RoleMayNot);
        for (var i = 0; i < Calling.NotesMax; i++)
            Try(Note(Sample.By(Role.Inspector, "i1"))).ShouldBeNull();

        Try(Note(Sample.By(Role.Inspector, "i1"))).ShouldBe(RejectCode.CaseHoldsTooManyNotes);
    }

    [Fact(DisplayName = "[CL18] who subscribes to a line is told of the cases that it was called to")]
    public void Told()
    {
        Do("report");
        var subscription = new Subscription(
            "s", "s", "https://example.org", new string('x', 16), Sample.District, [Line.Emergency], [], false, 1, "x",
            Sample.Now);
        var fact = new IncidentNoted(Sample.Now, "x", "text");
        new CaseEvent(1, _state!, fact).IsFor(subscription).ShouldBeFalse();
        Try(Call(s_dispatcher, Line.Emergency)).ShouldBeNull();
        new CaseEvent(2, _state!, fact).IsFor(subscription).ShouldBeTrue();
    }

    private static CallLines Call(Actor by, params Line[] lines) => new(Guid.NewGuid(), by, [.. lines], "joint work");

    private static NoteIncident Note(Actor by) => new(Guid.NewGuid(), by, "seen before");

    private static AddPhoto Photo(Actor by) =>
        new(Guid.NewGuid(), by, new Photo(new string('a', 64), PhotoKind.Other, "image/png", 10, 1, 1));

    private void Do(string commands)
    {
        foreach (var name in commands.Split(' '))
            Try(ClosedLoopTests.Command(name)).ShouldBeNull(name);
    }

    private RejectCode? Try(IncidentCommand command)
    {
        var decision = _decider.Decide(_state, Sample.Number, command, Sample.Now);
        foreach (var fact in decision.Facts)
            _state = IncidentState.Fold(_state, Sample.Number, fact);

        return decision.Reject;
    }
}
