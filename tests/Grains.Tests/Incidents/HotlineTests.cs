using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Incidents;
using GridMesh.Grains.Clocks;
using GridMesh.Grains.Incidents;

namespace GridMesh.Grains.Tests.Incidents;

/// <summary>Orders of the hotline: limits of their own, and reminders.</summary>
public sealed class HotlineTests
{
    private readonly IncidentDecider _decider = new(Sample.Directory, new WorkCalendar(Sample.Directory.Data.Calendar));
    private DateTimeOffset _now = Sample.Now;
    private IncidentState? _state;

    [Theory(DisplayName = "[HL2] an order has the limit of its kind, not the standard's")]
    [InlineData(HotlineKind.Enquiry, 9, 3, ClockKind.WorkDay)]
    [InlineData(HotlineKind.Complaint, 9, 13, ClockKind.WorkDay)]
    [InlineData(HotlineKind.Urgent, 0, 23, ClockKind.UrgentHour)]
    [InlineData(HotlineKind.Urgent, 9, 14, ClockKind.UrgentHour)]
    [InlineData(HotlineKind.Urgent, 22, 1, ClockKind.UrgentHour)]
    [InlineData(HotlineKind.Urgent, 23, 1, ClockKind.UrgentHour)]
    public void Limits(HotlineKind kind, int hour, int limit, ClockKind clock)
    {
        _now = Sample.Now.AddHours(hour - 9);
        Report(kind);
        (_state!.Report.Limit, _state.Report.Clock, _state.Report.Order)
            .ShouldBe((limit, clock, new HotlineOrder("A-1", kind)));
    }

    [Fact(DisplayName = "[HL2] an urgent order that is dispatched and accepted in time is due the same day, whenever it comes before the last hour and a half")]
    public void SameDay()
    {
        for (var minute = 0; minute <= (22 * 60) + 30; minute += 7)
        {
            _now = Sample.Now.AddHours(-9).AddMinutes(minute);
            Report(HotlineKind.Urgent);
            _now += StageLimits.Dispatch;
            Try(new DispatchIncident(Guid.NewGuid(), Sample.By(Role.Dispatcher), "w1")).ShouldBeNull();
            _now += StageLimits.Accept;
            Try(new AcceptIncident(Guid.NewGuid(), Sample.By(Role.Worker, "w1"))).ShouldBeNull();
            var midnight = Sample.Now.AddHours(15);
            _state!.DueAt!.Value.ShouldBeLessThanOrEqualTo(midnight, $"minute {minute}");
            _state.DueAt.Value.ShouldBeGreaterThan(midnight.AddHours(-1), $"minute {minute}");
        }
    }

    [Fact(DisplayName = "[HL3] a reminder is on record and counted; on a case that is late it is one level more of supervision, up to three")]
    public void Reminders()
    {
        Report(HotlineKind.Complaint);
        Remind(Sample.By(Role.Dispatcher, "hotline")).ShouldBeNull();
        (_state!.Reminders, _state.Marks.Supervision, _state.Step).ShouldBe((1, null, Step.Reported));
        _now += StageLimits.Dispatch;
        Apply(_decider.PassDeadline(_state, Step.Reported, _state.DueAt!.Value, _now));
        _state.Marks.Supervision.ShouldBe(new Supervision(SupervisionKind.Timeout, 1));
        for (var level = 2; level <= 4; level++)
        {
            Remind(Sample.By(Role.Dispatcher, "hotline")).ShouldBeNull();
            _state.Marks.Supervision.ShouldBe(new Supervision(SupervisionKind.Important, Math.Min(level, 3)));
        }

        _state.ToView([]).Reminders.ShouldBe(4);
    }

    [Fact(DisplayName = "[HL3] the desk and the reporter remind, nobody else; a case that is closed is not reminded of, and there are fifty at most")]
    public void Who()
    {
        Report(HotlineKind.Enquiry);
        Remind(Sample.By(Role.Worker, "w2")).ShouldBe(RejectCode.RoleMayNot);
        Remind(Sample.By(Role.Resident, "r1")).ShouldBe(RejectCode.RoleMayNot);
        Remind(Sample.By(Role.Dispatcher, "t", "450106")).ShouldBe(RejectCode.RoleMayNot);
        Remind(Sample.By(Role.Resident, "caller")).ShouldBeNull();
        for (var i = 1; i < Supervising.RemindersMax; i++)
            Remind(Sample.By(Role.Supervisor, "s")).ShouldBeNull();

        Remind(Sample.By(Role.Supervisor, "s")).ShouldBe(RejectCode.TooManyReminders);
        Try(new RejectIncident(Guid.NewGuid(), Sample.By(Role.Dispatcher), "no")).ShouldBeNull();
        Remind(Sample.By(Role.Supervisor, "s")).ShouldBe(RejectCode.CaseIsClosed);
    }

    private void Report(HotlineKind kind)
    {
        _state = null;
        Try(new ReportIncident(
            Guid.NewGuid(), Sample.By(Role.Dispatcher, "hotline"), "litter", "text", null, null, null, Source.Hotline,
            "caller", null,
            new HotlineOrder("A-1", kind))).ShouldBeNull();
    }

    private RejectCode? Remind(Actor by) => Try(new RemindIncident(Guid.NewGuid(), by, "when?"));

    private RejectCode? Try(IncidentCommand command) => Apply(_decider.Decide(_state, Sample.Number, command, _now));

    private RejectCode? Apply(Decision decision)
    {
        foreach (var fact in decision.Facts)
            _state = IncidentState.Fold(_state, Sample.Number, fact);

        return decision.Reject;
    }
}
