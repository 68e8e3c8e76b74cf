using System.Text.Json;
using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Json;
using GridMesh.Contracts.Visits;
using GridMesh.Grains.Visits;

namespace GridMesh.Grains.Tests.Visits;

public sealed class VisitTests
{
    private static readonly Actor s_lead = Sample.By(Role.Lead, "lead", Sample.Grid.Value);

    /// <summary>Monday 2026-03-02 09:00 in China.</summary>
    private static readonly DateTimeOffset s_now = Sample.Now;

    [Theory(DisplayName = "[VI2] a party member visits three times in a calendar month, the grid once in two months, China time")]
    [InlineData(VisitKind.Party, "2026-02-28T15:59:59Z", "2026-02-01", "2026-02-28", 3)]
    [InlineData(VisitKind.Party, "2026-02-28T16:00:00Z", "2026-03-01", "2026-03-31", 3)]
    [InlineData(VisitKind.General, "2026-04-30T15:59:59Z", "2026-03-01", "2026-04-30", 1)]
    [InlineData(VisitKind.General, "2026-12-31T10:00:00Z", "2026-11-01", "2026-12-31", 1)]
    public void Periods(VisitKind kind, string at, string first, string last, int needed)
    {
        var period = VisitPlan.PeriodOf(kind, DateTimeOffset.Parse(at));
        (period, VisitPlan.LastDay(kind, period), VisitPlan.Needed(kind))
            .ShouldBe((DateOnly.Parse(first), DateOnly.Parse(last), needed));
    }

    [Fact(DisplayName = "[VI2, VI3] visits count in their period; in the next one all are due again, and the last one stays known")]
    public void Due()
    {
        var fold = Linked();
        fold.Views(s_now).Single().Done.ShouldBe(0);
        Visit(fold, s_now);
        Visit(fold, s_now.AddDays(10));
        var view = fold.Views(s_now.AddDays(10)).Single();
        (view.Done, view.Needed, view.LastAt, view.From, view.To)
            .ShouldBe((2, 3, s_now.AddDays(10), 20260301, 20260331));
        var april = fold.Views(s_now.AddDays(30)).Single();
        (april.Done, april.LastAt, april.From).ShouldBe((0, s_now.AddDays(10), 20260401));
        Visit(fold, s_now.AddDays(31));
        fold.Views(s_now.AddDays(31)).Single().Done.ShouldBe(1);
    }

    [Fact(DisplayName = "[VI3] what lacks most is due first, then what was visited longest ago")]
    public void Order()
    {
        var fold = Linked();
        Apply(fold, Decide(fold, Link("V2", "4-401")).Fact!);
        Apply(fold, Decide(fold, Link("V3", "5-501")).Fact!);
        Apply(fold, new HouseholdVisited(s_now, "m1", "V1", "x"));
        Apply(fold, new HouseholdVisited(s_now.AddDays(1), "m1", "V2", "x"));
        fold.Views(s_now.AddDays(2)).Select(view => view.Link.Id).ShouldBe(["V3", "V1", "V2"]);
    }

    [Fact(DisplayName = "[VI1] households are linked by the leader and the desks above: once for a kind, twenty for a party member")]
    public void Links()
    {
        var fold = Linked();
        Decide(fold, Link("V2", "3-502")).Reject.ShouldBe(RejectCode.HouseholdIsLinkedAlready);
        Decide(fold, Link("V2", "3-502", VisitKind.General)).Fact.ShouldBeOfType<HouseholdLinked>();
        Decide(fold, Link("V2", "4-401") with { By = Sample.By(Role.Worker, "w1", Sample.Grid.Value) }).Reject
            .ShouldBe(RejectCode.OnlyTheGridLeaderOrItsDesksMayPlan);
        for (var n = 2; n <= VisitLink.HouseholdsMax; n++)
            Apply(fold, Decide(fold, Link($"V{n}", $"9-{n}")).Fact!);

        Decide(fold, Link("V21", "9-21")).Reject.ShouldBe(RejectCode.VisitorHasTooManyHouseholds);
        Apply(fold, Decide(fold, new EndLink(Guid.NewGuid(), s_lead, "V2", "搬走")).Fact!);
        Decide(fold, Link("V21", "9-21")).Fact.ShouldBeOfType<HouseholdLinked>();
        Decide(fold, new EndLink(Guid.NewGuid(), s_lead, "V2", "搬走")).Reject.ShouldBe(RejectCode.LinkIsUnknown);
    }

    [Theory(DisplayName = "[VI1] a party member's visit is recorded by the member or the grid's leader, a general one by anybody of the grid")]
    [InlineData(Role.Worker, "m1", "450105001001001", true, true)]
    [InlineData(Role.Lead, "lead", "450105001001001", true, true)]
    [InlineData(Role.Worker, "w1", "450105001001001", false, true)]
    [InlineData(Role.Worker, "w2", "450105001001002", false, false)]
    [InlineData(Role.Viewer, "v", "450105001001001", false, false)]
    public void Records(Role role, string id, string area, bool party, bool general)
    {
        var fold = Linked();
        Apply(fold, Decide(fold, Link("V2", "4-401", VisitKind.General)).Fact!);
        RejectCode? Try(string link) =>
            Decide(fold, new RecordVisit(Guid.NewGuid(), Sample.By(role, id, area), link, "一切都好")).Reject;
        Try("V1").ShouldBe(party ? null : RejectCode.OnlyTheVisitorOrTheGridMay);
        Try("V2").ShouldBe(general ? null : RejectCode.OnlyTheVisitorOrTheGridMay);
        Try("V9").ShouldBe(RejectCode.LinkIsUnknown);
    }

    [Fact(DisplayName = "[VI4] a fold that was kept goes on as the whole one")]
    public void Kept()
    {
        var fold = Linked();
        Visit(fold, s_now);
        var kept = new VisitFold(JsonSerializer.Deserialize<VisitSnapshot>(
            JsonSerializer.SerializeToUtf8Bytes(fold.ToSnapshot(), MeshJson.Compact), MeshJson.Compact)!);
        kept.Views(s_now).ShouldBe(fold.Views(s_now));
        Visit(kept, s_now.AddDays(1));
        kept.Views(s_now.AddDays(1)).Single().Done.ShouldBe(2);
        Should.Throw<InvalidOperationException>(
            () => kept.Apply(kept.Version + 2, new LinkEnded(s_now, "x", "V1", "x")));
    }

    private static VisitFold Linked()
    {
        var fold = new VisitFold(new VisitSnapshot());
        Apply(fold, Decide(fold, Link("V1", "3-502")).Fact!);
        return fold;
    }

    private static void Visit(VisitFold fold, DateTimeOffset at) => Apply(fold, VisitDecider.Decide(
        fold, Sample.Grid,
        new RecordVisit(Guid.NewGuid(), Sample.By(Role.Worker, "m1", Sample.Grid.Value), "V1", "一切都好"), at).Fact!);

    private static void Apply(VisitFold fold, VisitFact fact) => fold.Apply(fold.Version + 1, fact);

    private static LinkHousehold Link(string id, string household, VisitKind kind = VisitKind.Party) => new(
        Guid.NewGuid(), s_lead, new VisitLink(id, kind, "m1", BuildingCode.Parse($"{Sample.Grid}00001"), household));

    private static (RejectCode? Reject, VisitFact? Fact) Decide(VisitFold fold, VisitCommand command) =>
        VisitDecider.Decide(fold, Sample.Grid, command, s_now);
}
