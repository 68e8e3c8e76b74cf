using GridMesh.Contracts.Access;
using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Geo;
using GridMesh.Contracts.Patrols;
using GridMesh.Contracts.Storage;
using GridMesh.Grains.Patrols;
using GridMesh.Product.Fixture;
using GridMesh.Product.Fixture.Simulated;

namespace GridMesh.Simulation.Tests;

/// <summary>The simulated clock begins on Monday 2026-01-05 at 16:00 in China.</summary>
public sealed class PatrolTests
{
    private const string Stream = $"patrol:{SmallDistrict.Grid}";

    private static readonly string s_worker = SmallDistrict.WorkerOf(SmallDistrict.Grid);

    [Fact(DisplayName = "[PT3, PT6] a worker on duty who walks by does the checkpoint, and the district counts it")]
    public async Task WalksBy()
    {
        await using var sim = await MeshSim.StartAsync();
        await PlanAsync(sim, (16, 18));
        await sim.UntilAsync(summary => summary[Counter.PatrolsDue] == 2, "two are due");
        await sim.DutyAsync(s_worker, true);
        await MoveAsync(sim, 0.003);
        await sim.PassAsync(TimeSpan.FromSeconds(5));
        (await sim.SummaryAsync())[Counter.PatrolsDone].ShouldBe(0);
        await MoveAsync(sim, 0);
        await sim.UntilAsync(
            summary => summary[Counter.PatrolsDone] == 1 && summary[Counter.PatrolsDue] == 1, "one is done");
        Facts(sim).OfType<CheckpointDone>().Single().Worker.ShouldBe(s_worker);
        await sim.CrashAsync();
        var after = await sim.SummaryAsync();
        (after[Counter.PatrolsDone], after[Counter.PatrolsDue]).ShouldBe((1, 1));
    }

    [Fact(DisplayName = "[PT5] a checkpoint is missed at most a second after its window, one fact each, and an alarm until midnight")]
    public async Task Missed()
    {
        await using var sim = await MeshSim.StartAsync();
        await PlanAsync(sim, (16, 18));
        await sim.PassAsync(TimeSpan.FromHours(2) - TimeSpan.FromSeconds(1) - Elapsed(sim));
        (await sim.SummaryAsync())[Counter.PatrolsMissed].ShouldBe(0);

        // The clock stops at the end of the window itself: whatever has to be written is written without another tick.
        sim.Time.Advance(TimeSpan.FromHours(2) - Elapsed(sim));
        Misses(sim).Length.ShouldBe(2, "the misses are facts");
        await sim.UntilAsync(summary => summary[Counter.PatrolsMissed] == 2, "the district counts them");
        Misses(sim).ShouldAllBe(miss => miss.At - miss.Due < TimeSpan.FromSeconds(1));
        var alarms = (await sim.SummaryAsync())[Counter.AlarmsOpen];
        await sim.PassAsync(TimeSpan.FromMinutes(2));
        Misses(sim).Length.ShouldBe(2);

        sim.Time.Advance(TimeSpan.FromHours(8) - Elapsed(sim));
        await sim.UntilAsync(
            summary => summary[Counter.PatrolsMissed] == 0 && summary[Counter.AlarmsOpen] < alarms,
            "a new day begins at zero");
    }

    [Fact(DisplayName = "[PT5] a window that ended while the process was down is missed on waking, once")]
    public async Task MissedWhileDown()
    {
        await using var sim = await MeshSim.StartAsync();
        await PlanAsync(sim, (16, 18));
        await sim.CrashAsync(downFor: TimeSpan.FromHours(3));
        await sim.UntilAsync(summary => summary[Counter.PatrolsMissed] == 2, "the misses of before are told");
        await sim.CrashAsync();
        await sim.UntilAsync(summary => summary[Counter.PatrolsMissed] == 2, "and not again");
        Misses(sim).Length.ShouldBe(2);
        Misses(sim).Select(miss => miss.Slot).ShouldBeUnique();
    }

    [Fact(DisplayName = "[PT3] a check-in that the store could not take is no check-in, and the next position is")]
    public async Task StoreFails()
    {
        await using var sim = await MeshSim.StartAsync();
        await PlanAsync(sim, (16, 18));
        await sim.DutyAsync(s_worker, true);
        sim.Journal.Weather = Weather.Down;
        var asked = sim.Journal.Asked;
        await MoveAsync(sim, 0);
        await sim.HappensAsync(() => sim.Journal.Asked > asked, "it was tried");
        (await sim.SummaryAsync())[Counter.PatrolsDone].ShouldBe(0);
        sim.Journal.Weather = Weather.Fine;
        await sim.UntilAsync(
            async () =>
            {
                await MoveAsync(sim, 0);
                return (await sim.SummaryAsync())[Counter.PatrolsDone] == 1;
            },
            "the next position does it");
        Facts(sim).OfType<CheckpointDone>().Count().ShouldBe(1);
    }

    [Fact(DisplayName = "[PT5] a store that fails at the end of a window delays the misses, and loses and doubles none")]
    public async Task StoreFailsAtTheEnd()
    {
        await using var sim = await MeshSim.StartAsync();
        await PlanAsync(sim, (16, 18));
        sim.Journal.Weather = Weather.Uncertain;
        sim.Time.Advance(TimeSpan.FromHours(2) - Elapsed(sim));
        await sim.HappensAsync(() => Misses(sim).Length > 0, "something was written, and nobody was told so");
        sim.Journal.Weather = Weather.Fine;
        await sim.UntilAsync(summary => summary[Counter.PatrolsMissed] == 2, "both are missed");
        Misses(sim).Select(miss => miss.Slot).ShouldBeUnique();
    }

    [Fact(DisplayName = "[PT5] two activations that do not know of each other write each miss once")]
    public async Task Twice()
    {
        await using var sim = await MeshSim.StartAsync();
        await PlanAsync(sim, (16, 18));
        await using var other = await MeshSim.StartAsync(beside: sim);
        (await other.SummaryAsync())[Counter.PatrolsDue].ShouldBe(2);
        sim.Time.Advance(TimeSpan.FromHours(2) - Elapsed(sim));
        await sim.UntilAsync(summary => summary[Counter.PatrolsMissed] == 2, "one side counts them");
        await other.UntilAsync(summary => summary[Counter.PatrolsMissed] == 2, "the other too");
        Misses(sim).Length.ShouldBe(2);
    }

    [Fact(DisplayName = "[PT5] with a plan and no open case a reminder wakes the grid after a crash")]
    public async Task Reminder()
    {
        await using var sim = await MeshSim.StartAsync();
        await PlanAsync(sim, (16, 18));
        await sim.HappensAsync(
            () => sim.Reminders.Any(row => row.Key == SmallDistrict.Grid), "the grid has its reminder");
        await sim.CrashAsync(downFor: TimeSpan.FromHours(3), wake: false);
        await sim.HappensAsync(
            () => Misses(sim).Length == 2, "the reminder woke the grid, and the grid its patrols");
    }

    private static TimeSpan Elapsed(MeshSim sim) =>
        sim.Time.GetUtcNow() - new DateTimeOffset(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    private static PatrolFact[] Facts(MeshSim sim) => [.. sim.Journal.Of(Stream).Select(FactJson.Decode<PatrolFact>)];

    private static CheckpointMissed[] Misses(MeshSim sim) => [.. Facts(sim).OfType<CheckpointMissed>()];

    private static async Task MoveAsync(MeshSim sim, double east)
    {
        var middle = SmallDistrict.PointIn(SmallDistrict.Grid);
        (await sim.MoveAsync(s_worker, new GeoPoint(middle.Lng + east, middle.Lat))).ShouldBeNull();
    }

    private static async Task PlanAsync(MeshSim sim, (int From, int To) window)
    {
        var middle = SmallDistrict.PointIn(SmallDistrict.Grid);
        var plan = new PatrolPlan(
            "P1", "巡查", Line.PublicSecurity,
            [
                new Checkpoint("c1", "门口", middle, 50),
                new Checkpoint("c2", "河边", new GeoPoint(middle.Lng - 0.004, middle.Lat), 50),
            ],
            [new PatrolWindow(window.From * 60, window.To * 60)], [], 1, null);
        (await sim.Client.GetGrain<IPatrolGrain>(SmallDistrict.Grid).ExecuteAsync(
            new PlanPatrol(Guid.NewGuid(), MeshSim.By(Role.Lead), plan))).Reject.ShouldBeNull();
    }
}
