using System.Text.Json;
using GridMesh.Contracts.Access;
using GridMesh.Contracts.Care;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Json;
using GridMesh.Grains.Care;

namespace GridMesh.Grains.Tests.Care;

public sealed class CareTests
{
    private static readonly DateTimeOffset s_now = Sample.Now;
    private static readonly Actor s_worker = Sample.By(Role.Worker, "w1", Sample.Grid.Value);

    [Fact(DisplayName = "[CA1] a watch is begun by the people of its own grid, with a consent that was given, once for a household")]
    public void Begins()
    {
        var fold = Watching("k1");
        Decide(fold, Begin("k2", "4-401")).Fact.ShouldBeOfType<CareBegun>();
        Decide(fold, Begin("k2", "3-502")).Reject.ShouldBe(RejectCode.HouseholdIsWatchedAlready);
        var future = Begin(
            "k2", "4-401") with { Watch = Watch("k2", "4-401") with { ConsentAt = s_now.AddMinutes(1) } };
        Decide(fold, future).Reject.ShouldBe(RejectCode.ConsentIsFromTheFuture);
        foreach (var by in new[] { Sample.By(Role.Lead), Sample.By(Role.Supervisor, "s", Sample.Grid.Value),
            Sample.By(Role.Worker, "w2", Sample.OtherGrid.Value) })
            Decide(fold, Begin("k2", "4-401") with { By = by }).Reject.ShouldBe(RejectCode.OnlyTheOwnGridMay);
    }

    [Theory(DisplayName = "[CA5] watches are seen by the own grid and by the duty roles above it, by nobody else")]
    [InlineData(Role.Worker, "450105001001001", true)]
    [InlineData(Role.Lead, "450105001001001", true)]
    [InlineData(Role.Lead, "450105001", true)]
    [InlineData(Role.Dispatcher, "450105", true)]
    [InlineData(Role.Supervisor, "450105", true)]
    [InlineData(Role.Worker, "450105001001", false)]
    [InlineData(Role.Lead, "450105001001002", false)]
    [InlineData(Role.Dispatcher, "450105002", false)]
    [InlineData(Role.Viewer, "450105001001001", false)]
    [InlineData(Role.Inspector, "450105", false)]
    [InlineData(Role.Resident, "450105001001001", false)]
    [InlineData(Role.Admin, "450105", false)]
    public void Sees(Role role, string area, bool may)
    {
        var read = Decide(Watching("k1"), new ReadCare(Guid.NewGuid(), Sample.By(role, "who", area), null));
        read.Reject.ShouldBe(may ? null : RejectCode.OnlyTheOwnGridAndItsDesksMay);
        if (may)
            read.Fact.ShouldBe(new CareWasRead(s_now, "who", role, null));
    }

    [Fact(DisplayName = "[CA2] no door in the window is an alarm; a door in it moves the window on")]
    public void Window()
    {
        var life = Watching("k1").Find("k1")!;
        var due = s_now.AddHours(24);
        life.DueAt.ShouldBe(due);
        CareDecider.Due(life, null, due.AddTicks(-1)).ShouldBeNull();
        CareDecider.Due(life, null, due).ShouldBe(new CareAlarmed(due, "clock", "k1", s_now, due));
        CareDecider.Due(life, s_now.AddHours(3), due).ShouldBeNull();
        var fold = Watching("k1");
        fold.TakeDue(due)!.Watch.Id.ShouldBe("k1");
        fold.Seen("k1", s_now.AddHours(3));
        fold.NextDue().ShouldBe(s_now.AddHours(27));
    }

    [Fact(DisplayName = "[CA3] an alarm goes from the grid to the police to the neighbours until somebody confirms")]
    public void Ladder()
    {
        var fold = Watching("k1");
        var at = s_now.AddHours(24);
        CareLife Next(DateTimeOffset now)
        {
            var life = fold.TakeDue(now)!;
            fold.Apply(fold.Version + 1, CareDecider.Due(life, null, now)!);
            return fold.Find("k1")!;
        }

        Next(at).Circle.ShouldBe(CareCircle.Grid);
        fold.Alarms.ShouldBe(1);
        fold.TakeDue(at.AddMinutes(29)).ShouldBeNull();
        Next(at.AddMinutes(30)).Circle.ShouldBe(CareCircle.Police);
        Next(at.AddMinutes(60)).Circle.ShouldBe(CareCircle.Neighbours);
        fold.NextDue().ShouldBeNull();
        fold.Seen("k1", at.AddMinutes(61));
        fold.Alarms.ShouldBe(1, "a door that opens at last is no answer");

        var confirmed = Decide(
            fold, new ConfirmCare(Guid.NewGuid(), Sample.By(Role.Dispatcher), "k1", CareFinding.Helped, "送医"),
            at.AddMinutes(70));
        fold.Apply(fold.Version + 1, confirmed.Fact!);
        fold.Alarms.ShouldBe(0);
        fold.NextDue().ShouldBe(at.AddMinutes(70).AddHours(24));
    }

    [Fact(DisplayName = "[CA4] with its consent a watch is gone, from what is kept too")]
    public void Withdrawn()
    {
        var fold = Watching("k1");
        var withdraw = new WithdrawConsent(Guid.NewGuid(), s_worker, "k1", "本人要求");
        Decide(fold, withdraw with { By = Sample.By(Role.Dispatcher) }).Reject.ShouldBe(RejectCode.OnlyTheOwnGridMay);
        fold.Apply(fold.Version + 1, Decide(fold, withdraw).Fact!);
        Encoding(fold).ShouldNotContain("3-502");
        fold.NextDue().ShouldBeNull();
        Decide(fold, withdraw).Reject.ShouldBe(RejectCode.WatchIsUnknown);
        Decide(fold, Begin("k2", "3-502")).Fact.ShouldBeOfType<CareBegun>();
    }

    [Fact(DisplayName = "[CA2] a fold that was kept goes on as the whole one")]
    public void Kept()
    {
        var fold = Watching("k1");
        fold.Seen("k1", s_now.AddHours(2));
        var kept = new CareFold(JsonSerializer.Deserialize<CareSnapshot>(Encoding(fold), MeshJson.Compact)!);
        (kept.Version, kept.Count, kept.NextDue()).ShouldBe((fold.Version, 1, s_now.AddHours(26)));
        Should.Throw<InvalidOperationException>(
            () => kept.Apply(fold.Version + 2, new CareWasRead(s_now, "x", Role.Lead, null)));
    }

    [Fact(DisplayName = "[CA6] fifty thousand watches are one moment to wait for, and only who is due is looked at")]
    public void Many()
    {
        var fold = new CareFold(new CareSnapshot
        {
            Watches = [
                .. Enumerable.Range(0, 50_000)
                .Select(n => new CareLife(Watch($"k{n}", $"{n}"), s_now.AddSeconds(n), null, CareCircle.Grid))],
        });
        fold.NextDue().ShouldBe(s_now.AddHours(24));
        fold.TakeDue(s_now.AddHours(23)).ShouldBeNull();
        var taken = 0;
        for (var at = s_now.AddHours(24).AddSeconds(9); fold.TakeDue(at) is { } life; taken++)
            fold.Seen(life.Watch.Id, at);

        taken.ShouldBe(10);
        fold.NextDue().ShouldBe(s_now.AddHours(24).AddSeconds(10));
    }

    private static string Encoding(CareFold fold) => JsonSerializer.Serialize(fold.ToSnapshot(), MeshJson.Compact);

    private static CareWatch Watch(string id, string household) =>
        new(id, BuildingCode.Parse($"{Sample.Grid}00001"), household, null, 24, "本人", s_now.AddDays(-1));

    private static BeginCare Begin(string id, string household) => new(Guid.NewGuid(), s_worker, Watch(id, household));

    private static CareFold Watching(string id)
    {
        var fold = new CareFold(new CareSnapshot());
        fold.Apply(1, Decide(fold, Begin(id, "3-502")).Fact!);
        return fold;
    }

    private static (RejectCode? Reject, CareFact? Fact) Decide(
        CareFold fold, CareCommand command, DateTimeOffset? at = null) =>
        CareDecider.Decide(fold, Sample.Grid, command, at ?? s_now);
}
