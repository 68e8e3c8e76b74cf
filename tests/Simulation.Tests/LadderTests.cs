using GridMesh.Contracts.Access;
using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Incidents;
using GridMesh.Grains.Incidents;
using GridMesh.Product.Fixture;
using GridMesh.Product.Fixture.Simulated;

namespace GridMesh.Simulation.Tests;

public sealed class LadderTests
{
    private static readonly DirectoryData s_district = SmallDistrict.Data with
    {
        Ladders =
        [
            Row(30, RungAction.Escalate), Row(30, RungAction.Supervise, 2), Row(60, RungAction.Escalate),
        ],
    };

    [Fact(DisplayName = "[SD10] rungs fire by the clock of the living grid, each once and at most a second late")]
    public async Task OnTime()
    {
        await using var sim = await MeshSim.StartAsync(directory: s_district);
        var incident = (await sim.ReportAsync()).Case!;
        await sim.PassAsync(StageLimits.Dispatch + TimeSpan.FromMinutes(29));
        await sim.UntilAsync(summary => summary[Counter.Overdue] == 1, "the case is overdue");
        Rungs(sim, incident).ShouldBeEmpty();
        await HappensAtAsync(sim, incident, minutes: 30, rungs: 2);
        await sim.PassAsync(TimeSpan.FromMinutes(25));
        await HappensAtAsync(sim, incident, minutes: 60, rungs: 3);
        await sim.PassAsync(TimeSpan.FromHours(2));
        var rungs = Rungs(sim, incident);
        rungs.Select(rung => (rung.Rung, (rung.Due - incident.DueAt!.Value).TotalMinutes))
            .ShouldBe([(1, 30), (2, 30), (3, 60)]);
        rungs.ShouldAllBe(rung => rung.At - rung.Due <= TimeSpan.FromSeconds(1));
        var now = (await sim.Client.GetGrain<IIncidentGrain>(incident.Id.Value).GetAsync())!;
        now.Desk.Value.ShouldBe(SmallDistrict.Code);
        now.Marks!.Supervision!.Level.ShouldBe(2);
        now.Step.ShouldBe(Step.Reported);
    }

    [Fact(DisplayName = "[SD11] rungs that came due while the process was down fire once each when the grid wakes, in order")]
    public async Task WhileDown()
    {
        await using var sim = await MeshSim.StartAsync(directory: s_district);
        var incident = (await sim.ReportAsync()).Case!;
        await sim.PassAsync(StageLimits.Dispatch + TimeSpan.FromSeconds(2));
        await sim.UntilAsync(summary => summary[Counter.Overdue] == 1, "the case is overdue");
        await sim.CrashAsync(downFor: TimeSpan.FromMinutes(45));
        await sim.HappensAsync(() => Rungs(sim, incident).Length == 2, "what was due is a fact");
        await sim.CrashAsync(downFor: TimeSpan.FromHours(5));
        await sim.HappensAsync(() => Rungs(sim, incident).Length == 3, "the last one too");
        await sim.CrashAsync(downFor: TimeSpan.FromHours(5));
        await sim.PassAsync(TimeSpan.FromMinutes(1));
        Rungs(sim, incident).Select(rung => rung.Rung).ShouldBe([1, 2, 3]);
        Facts(sim, incident).OfType<IncidentEscalated>().Count().ShouldBe(2);
    }

    [Fact(DisplayName = "[SD10] a case that is dispatched between two rungs climbs no further")]
    public async Task LeavesTheStep()
    {
        await using var sim = await MeshSim.StartAsync(directory: s_district);
        var incident = (await sim.ReportAsync()).Case!;
        await sim.PassAsync(StageLimits.Dispatch + TimeSpan.FromMinutes(29));
        await sim.UntilAsync(summary => summary[Counter.Overdue] == 1, "the case is overdue");
        await HappensAtAsync(sim, incident, minutes: 30, rungs: 2);
        await sim.DoAsync(incident.Id, new DispatchIncident(Guid.NewGuid(), MeshSim.By(Role.Dispatcher), "D-urban"));
        await sim.PassAsync(TimeSpan.FromHours(2));
        Rungs(sim, incident).Length.ShouldBe(2);
        Facts(sim, incident).OfType<DeadlinePassed>().Count().ShouldBe(2, "its acceptance is late, and has no ladder");
    }

    private static LadderRow Row(int after, RungAction action, int? level = null) =>
        new(null, null, null, new Rung(Step.Reported, after, action, level));

    /// <summary>The clock stops where the rung is due: the test is not faster than the turns that write it.</summary>
    private static Task HappensAtAsync(MeshSim sim, IncidentView incident, int minutes, int rungs)
    {
        sim.Time.Advance(incident.DueAt!.Value.AddMinutes(minutes) - sim.Time.GetUtcNow());
        return sim.HappensAsync(() => Rungs(sim, incident).Length == rungs, $"{rungs} rungs are facts");
    }

    private static IncidentFact[] Facts(MeshSim sim, IncidentView incident) =>
        [.. sim.Journal.Of(incident.Id.Value).Select(IncidentHistory.Decode)];

    private static RungPassed[] Rungs(MeshSim sim, IncidentView incident) =>
        [.. Facts(sim, incident).OfType<RungPassed>()];
}
