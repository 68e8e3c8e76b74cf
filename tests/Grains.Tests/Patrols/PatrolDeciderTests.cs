using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Geo;
using GridMesh.Contracts.Patrols;
using GridMesh.Grains.Patrols;
using static GridMesh.Grains.Tests.Patrols.PatrolSample;

namespace GridMesh.Grains.Tests.Patrols;

public sealed class PatrolDeciderTests
{
    [Theory(DisplayName = "[PT1] plans are made and ended by the leader of the grid and the desks above, by nobody else")]
    [InlineData(Role.Lead, true)]
    [InlineData(Role.Supervisor, true)]
    [InlineData(Role.Admin, true)]
    [InlineData(Role.Worker, false)]
    [InlineData(Role.Dispatcher, false)]
    [InlineData(Role.Viewer, false)]
    [InlineData(Role.Inspector, false)]
    [InlineData(Role.Resident, false)]
    public void WhoPlans(Role role, bool may)
    {
        RejectCode? no = may ? null : RejectCode.OnlyTheGridLeaderOrItsDesksMayPlan;
        Decide(
            new PatrolFold(new PatrolSnapshot()),
            new PlanPatrol(Guid.NewGuid(), Sample.By(role), Plan())).Reject.ShouldBe(no);
        Decide(Planned(), new EndPatrol(Guid.NewGuid(), Sample.By(role), "P1", "x")).Reject.ShouldBe(no);
    }

    [Fact(DisplayName = "[PT1] a grid holds fifty plans at a time, each id once, and what has ended ends no more")]
    public void Plans()
    {
        var fold = Planned();
        Decide(fold, new PlanPatrol(Guid.NewGuid(), Sample.By(Role.Lead), Plan())).Reject.ShouldBe(
            RejectCode.PlanExistsAlready);
        fold.Add(
            Enumerable.Range(2, PatrolPlan.PlansMax - 1).Select(n => new PatrolPlanned(At(7), "lead", Plan($"P{n}"))));
        var another = new PlanPatrol(Guid.NewGuid(), Sample.By(Role.Lead), Plan("more"));
        Decide(fold, another).Reject.ShouldBe(RejectCode.GridHoldsTooManyPlans);
        var end = new EndPatrol(Guid.NewGuid(), Sample.By(Role.Lead), "P1", "换线路");
        fold.Add(Decide(fold, end).Fact.ShouldBeOfType<PatrolEnded>());
        Decide(fold, end).Reject.ShouldBe(RejectCode.PlanHasEnded);
        Decide(fold, end with { Plan = "P99" }).Reject.ShouldBe(RejectCode.PlanIsUnknown);
        Decide(fold, another).Fact.ShouldBeOfType<PatrolPlanned>();
    }

    [Fact(DisplayName = "[PT3] a sighting counts once, in the window, for a checkpoint that is due")]
    public void Sightings()
    {
        var fold = Planned();
        PatrolDecider.Sight(fold, [Seen(Slot("bridge"))], At(7, 59)).ShouldBeEmpty();
        PatrolDecider.Sight(fold, [Seen(Slot("bridge"))], At(10)).ShouldBeEmpty();
        PatrolDecider.Sight(fold, [Seen(Slot("nowhere"))], At(9)).ShouldBeEmpty();
        var facts = PatrolDecider.Sight(fold, [Seen(Slot("bridge"), "w1"), Seen(Slot("bridge"), "w2")], At(9));
        facts.Single().ShouldBe(new CheckpointDone(At(9), "w1", Slot("bridge"), "w1", CheckInWay.Geofence, null));
        fold.Add(facts);
        PatrolDecider.Sight(fold, [Seen(Slot("bridge"), "w2")], At(9, 1)).ShouldBeEmpty();
    }

    [Fact(DisplayName = "[PT5] what nobody came by is missed when its window ends, each checkpoint of each round once")]
    public void Misses()
    {
        var fold = Planned();
        fold.Add(PatrolDecider.Sight(fold, [Seen(Slot("bridge"))], At(9)));
        PatrolDecider.Settle(fold, At(9, 59)).ShouldBeEmpty();
        var missed = PatrolDecider.Settle(fold, At(10));
        missed.Single().ShouldBe(new CheckpointMissed(At(10), "clock", Slot("pier"), At(10)));
        fold.Add(missed);
        PatrolDecider.Settle(fold, At(10, 1)).ShouldBeEmpty();
        PatrolDecider.Settle(fold, At(16)).Length.ShouldBe(2);
    }

    [Fact(DisplayName = "[PT5] rounds that ended while nobody looked are missed all the same, for the last seven days")]
    public void LongAway()
    {
        var fold = Planned();
        PatrolDecider.Settle(fold, At(7, day: 5)).Length.ShouldBe(3 * 4);
        PatrolDecider.Settle(fold, At(23, day: 25)).Length.ShouldBe(8 * 4);
    }

    [Fact(DisplayName = "[PT5] a plan that ended asks for nothing more, and what was missed before stays")]
    public void Ended()
    {
        var fold = Planned();
        fold.Add(new PatrolEnded(At(15), "lead", "P1", "x"));
        PatrolDecider.Settle(fold, At(17)).Cast<CheckpointMissed>().Select(miss => miss.Slot)
            .ShouldBe([Slot("bridge"), Slot("pier")]);
        fold.BoardAt(At(15)).Points.ShouldBeEmpty();
    }

    [Fact(DisplayName = "[PT4] a code counts once in a round: again it is a replay, another code comes too late")]
    public void Codes()
    {
        var fold = Planned();
        fold.Add(Decide(fold, Scan()).Fact.ShouldBeOfType<CheckpointDone>());
        fold.Find(Slot("bridge")).ShouldBe(new SlotFate(Slot("bridge"), At(9), "w1", CheckInWay.Code, "p1", false));
        Decide(fold, Scan()).Reject.ShouldBe(RejectCode.CheckInIsReplayed);
        Decide(fold, Scan(worker: "w2")).Reject.ShouldBe(RejectCode.CheckInIsReplayed);
        Decide(fold, Scan(code: "d7")).Reject.ShouldBe(RejectCode.CheckpointIsDoneAlready);
        PatrolDecider.Decide(fold, Scan(), At(15)).Fact.ShouldBeOfType<CheckpointDone>().Slot.ShouldBe(
            Slot("bridge", 14));
    }

    [Fact(DisplayName = "[PT4] a code far from its checkpoint, of no plan, or out of the window does not count")]
    public void WrongCodes()
    {
        var fold = Planned();
        Decide(fold, Scan(at: Pier)).Reject.ShouldBe(RejectCode.CheckInIsTooFarAway);
        Decide(fold, Scan(at: new GeoPoint(Bridge.Lng + 0.0009, Bridge.Lat))).Reject.ShouldBeNull();
        Decide(fold, Scan(at: new GeoPoint(Bridge.Lng + 0.0011, Bridge.Lat))).Reject.ShouldBe(
            RejectCode.CheckInIsTooFarAway);
        Decide(fold, Scan(plan: "P2")).Reject.ShouldBe(RejectCode.PlanIsUnknown);
        Decide(fold, Scan(checkpoint: "x")).Reject.ShouldBe(RejectCode.CheckpointIsUnknown);
        PatrolDecider.Decide(fold, Scan(), At(12)).Reject.ShouldBe(RejectCode.CheckpointIsNotDue);
        fold.Add(new PatrolEnded(At(9), "lead", "P1", "x"));
        Decide(fold, Scan()).Reject.ShouldBe(RejectCode.PlanHasEnded);
    }

    [Fact(DisplayName = "[PT4] who walked in by position and scans the code as well has done it; for another it is too late")]
    public void BothWays()
    {
        var fold = Planned();
        fold.Add(PatrolDecider.Sight(fold, [Seen(Slot("bridge"))], At(9)));
        Decide(fold, Scan()).ShouldBe(new PatrolDecision(null, null));
        Decide(fold, Scan(worker: "w2")).Reject.ShouldBe(RejectCode.CheckpointIsDoneAlready);
    }

    [Fact(DisplayName = "[PT6] misses are noted by the leader and the desks above, once")]
    public void Noted()
    {
        var fold = Planned();
        var note = new AcknowledgeMisses(Guid.NewGuid(), Sample.By(Role.Lead), "P1", "下雨");
        Decide(fold, note).Reject.ShouldBe(RejectCode.NothingIsMissed);
        fold.Add(PatrolDecider.Settle(fold, At(10)));
        Decide(fold, note with { By = Sample.By(Role.Worker) }).Reject.ShouldBe(RejectCode.RoleMayNot);
        fold.Add(Decide(fold, note).Fact.ShouldBeOfType<MissesAcknowledged>());
        Decide(fold, note).Reject.ShouldBe(RejectCode.NothingIsMissed);
    }

    private static PatrolDecision Decide(PatrolFold fold, PatrolCommand command) =>
        PatrolDecider.Decide(fold, command, At(9));
}
