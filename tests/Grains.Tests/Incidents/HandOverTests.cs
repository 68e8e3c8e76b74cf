using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Incidents;
using GridMesh.Grains.Clocks;
using GridMesh.Grains.Incidents;

namespace GridMesh.Grains.Tests.Incidents;

public sealed class HandOverTests
{
    private static readonly IncidentDecider s_decider =
        new(Sample.Directory, new WorkCalendar(Sample.Directory.Data.Calendar));

    [Fact(DisplayName = "[PR9] a case changes hands at its step and on its clock, and only while it waits for who hands it over")]
    public void Changes()
    {
        var dispatched = Dispatched();
        var after = IncidentState.Fold(
            dispatched, Sample.Number, HandOver(dispatched, Sample.By(Role.Worker, "w1")).Facts.Single());
        (after.Owner, after.Step, after.DueAt).ShouldBe(("w2", Step.Dispatched, dispatched.DueAt));
        HandOver(after, Sample.By(Role.Worker, "w1")).ShouldSatisfyAllConditions(
            decision => decision.Reject.ShouldBeNull(),
            decision => decision.Facts.ShouldBeEmpty("another has it already"));
    }

    [Theory(DisplayName = "[PR9] the worker itself, its lead and the desks above hand over, nobody else")]
    [InlineData(Role.Worker, "w1", "450105001001001", true)]
    [InlineData(Role.Lead, "lead", "450105001001001", true)]
    [InlineData(Role.Dispatcher, "d", "450105", true)]
    [InlineData(Role.Supervisor, "s", "450105001", true)]
    [InlineData(Role.Worker, "w2", "450105001001001", false)]
    [InlineData(Role.Lead, "lead", "450105001001002", false)]
    [InlineData(Role.Inspector, "i", "450105", false)]
    public void Who(Role role, string id, string area, bool may) =>
        HandOver(Dispatched(), Sample.By(role, id, area)).Reject.ShouldBe(
            may ? null : RejectCode.OnlyTheWorkerOrItsLeadMay);

    [Fact(DisplayName = "[PR9] nobody takes over what is not of its lines")]
    public void Lines() =>
        HandOver(Dispatched(), Sample.By(Role.Worker, "w1"), "w3").Reject.ShouldBe(
            RejectCode.OwnerDoesNotServeThisLine);

    private static Decision HandOver(IncidentState state, Actor by, string to = "w2") =>
        s_decider.Decide(
            state, Sample.Number, new HandOverIncident(Guid.NewGuid(), by, "w1", to), Sample.Now.AddMinutes(5));

    private static IncidentState Dispatched()
    {
        var facts = s_decider.Decide(null, Sample.Number, new ReportIncident(
            Guid.NewGuid(), Sample.By(Role.Worker, "w1"), "litter", "text", null, null, null, Source.Worker, null,
            null), Sample.Now).Facts;
        var reported = facts.Aggregate(
            (IncidentState?)null, (state, fact) => IncidentState.Fold(state, Sample.Number, fact))!;
        var dispatch = s_decider.Decide(
            reported, Sample.Number, new DispatchIncident(Guid.NewGuid(), Sample.By(Role.Dispatcher), "w1"),
            Sample.Now.AddMinutes(1));
        return IncidentState.Fold(reported, Sample.Number, dispatch.Facts.Single());
    }
}
