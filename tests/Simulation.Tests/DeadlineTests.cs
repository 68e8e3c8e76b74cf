using GridMesh.Contracts.Access;
using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Incidents;
using GridMesh.Grains.Incidents;
using GridMesh.Grains.Live;
using GridMesh.Product.Fixture;
using GridMesh.Product.Fixture.Simulated;

namespace GridMesh.Simulation.Tests;

public sealed class DeadlineTests
{
    [Fact(DisplayName = "[DL2] a deadline is one fact, at most a second late, and the wall counts it")]
    public async Task OnTime()
    {
        await using var sim = await MeshSim.StartAsync();
        var incident = (await sim.ReportAsync()).Case!;
        await sim.PassAsync(StageLimits.Dispatch - TimeSpan.FromSeconds(1));
        (await sim.SummaryAsync())[Counter.Overdue].ShouldBe(0);

        // The clock stops at the deadline itself: whatever has to be written is written without another tick.
        sim.Time.Advance(incident.DueAt!.Value - sim.Time.GetUtcNow());
        Passed(sim, incident).Length.ShouldBe(1, "the deadline is a fact");
        await sim.UntilAsync(summary => summary[Counter.Overdue] == 1, "the case is overdue");
        await sim.PassAsync(TimeSpan.FromMinutes(2));
        var facts = Passed(sim, incident);
        facts.Length.ShouldBe(1);
        (facts[0].At - facts[0].Due).ShouldBeInRange(TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    [Fact(DisplayName = "[DL1] a thousand cases due at the same moment have exactly one fact each")]
    public async Task Many()
    {
        await using var sim = await MeshSim.StartAsync();
        var grids = SmallDistrict.Data.Areas.Where(area => area.Code.Tier == Tier.Grid).Select(area => area.Code.Value)
            .ToArray();
        var cases = new List<IncidentView>();
        for (var i = 0; i < 1_000; i++)
            cases.Add((await sim.ReportAsync(grids[i % grids.Length])).Case!);

        await sim.PassAsync(StageLimits.Dispatch);
        await sim.UntilAsync(summary => summary[Counter.Overdue] == 1_000, "all are overdue");
        cases.ShouldAllBe(incident => Passed(sim, incident).Length == 1);
    }

    [Fact(DisplayName = "[DL2] a deadline that passed while the process was down fires on waking")]
    public async Task WhileDown()
    {
        await using var sim = await MeshSim.StartAsync();
        var incident = (await sim.ReportAsync()).Case!;
        await sim.CrashAsync(downFor: TimeSpan.FromHours(1));
        await sim.UntilAsync(summary => summary[Counter.Overdue] == 1, "the case is overdue after the restart");
        Passed(sim, incident).Length.ShouldBe(1);
    }

    [Fact(DisplayName = "[DL3] a reminder wakes a grid with open cases after a crash, without any caller")]
    public async Task Reminder()
    {
        await using var sim = await MeshSim.StartAsync();
        var incident = (await sim.ReportAsync()).Case!;
        await RemindedAsync(sim);
        await sim.CrashAsync(downFor: TimeSpan.FromHours(1), wake: false);
        await sim.HappensAsync(() => Passed(sim, incident).Length == 1, "the reminder woke the grid");
    }

    [Fact(DisplayName = "[DL3] a grid whose last case is closed lets its reminder go")]
    public async Task ReminderGoes()
    {
        await using var sim = await MeshSim.StartAsync();
        var incident = (await sim.ReportAsync()).Case!;
        await RemindedAsync(sim);
        await sim.DoAsync(incident.Id, new RejectIncident(Guid.NewGuid(), MeshSim.By(Role.Dispatcher), "no"));
        await sim.HappensAsync(() => sim.Reminders.Count == 0, "the reminder is gone");
    }

    [Fact(DisplayName = "[DL4] a case that was dispatched in time has no overdue dispatch")]
    public async Task InTime()
    {
        await using var sim = await MeshSim.StartAsync();
        var incident = (await sim.ReportAsync()).Case!;
        await sim.PassAsync(TimeSpan.FromMinutes(10));
        await sim.DoAsync(incident.Id, new DispatchIncident(Guid.NewGuid(), MeshSim.By(Role.Dispatcher), "D-urban"));
        await sim.PassAsync(TimeSpan.FromMinutes(6));
        Passed(sim, incident).ShouldBeEmpty();
        await sim.PassAsync(TimeSpan.FromMinutes(10));
        await sim.UntilAsync(summary => summary[Counter.Overdue] == 1, "the acceptance is overdue");
        Passed(sim, incident).Single().Step.ShouldBe(Step.Dispatched);
    }

    [Fact(DisplayName = "[DL5] a deadline in sixty days is armed in steps, outlives a restart, and fires at its moment")]
    public async Task FarAway()
    {
        await using var sim = await MeshSim.StartAsync(
            directory: WithStandard("illegal-build", days: 60), live: s_calm);
        var accepted = await AcceptedAsync(sim, "illegal-build");
        (accepted.DueAt!.Value - sim.Time.GetUtcNow()).ShouldBeGreaterThan(TimeSpan.FromDays(59));
        (await sim.SummaryAsync(SmallDistrict.Grid))[Step.Handling].ShouldBe(1, "the grid lives and has heard of it");

        await sim.CrashAsync();
        await sim.UntilAsync(summary => summary[Step.Handling] == 1, "the whole tree wakes with it");
        await WaitForAsync(sim, accepted.DueAt.Value - TimeSpan.FromMinutes(1));
        Passed(sim, accepted).ShouldBeEmpty();
        await WaitForAsync(sim, accepted.DueAt.Value);
        await Eventually.TrueAsync(() => Passed(sim, accepted).Length == 1, "the deadline is a fact");
        (Passed(sim, accepted)[0].At - accepted.DueAt.Value).ShouldBeInRange(TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    [Fact(DisplayName = "[DL5] an extension of thirty days after thirty days is waited for too")]
    public async Task Extended()
    {
        await using var sim = await MeshSim.StartAsync(directory: WithStandard("illegal-sign", days: 30), live: s_calm);
        var accepted = await AcceptedAsync(sim, "illegal-sign");
        await sim.DoAsync(accepted.Id, new AskExtension(Guid.NewGuid(), s_owner, 720, "court"));
        var granted = (await sim.DoAsync(
            accepted.Id, new DecideRequest(Guid.NewGuid(), MeshSim.By(Role.Supervisor), Grant: true, null))).Case!;
        granted.DueAt.ShouldBe(accepted.DueAt!.Value.AddDays(30));
        await WaitForAsync(sim, granted.DueAt!.Value);
        await Eventually.TrueAsync(() => Passed(sim, accepted).Length == 1, "the deadline is a fact");
        (Passed(sim, accepted)[0].At - granted.DueAt.Value).ShouldBeInRange(TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    /// <summary>Beats of sixty days are none of these tests' business.</summary>
    private static readonly LiveOptions s_calm = new() { BeatSeconds = 86_400, RepairSeconds = 86_400 };

    private static readonly Actor s_owner = MeshSim.By(Role.Worker, "D-urban");

    private static DirectoryData WithStandard(string category, int days) => SmallDistrict.Data with
    {
        Standards = SmallDistrict.Data.Standards.Add(new FilingStandard(
            category, "违建", "Illegal building", Line.UrbanManagement, Severity.Normal, days, ClockKind.NaturalDay,
            "有违建", "已拆除", "D-urban", null)),
    };

    private static async Task<IncidentView> AcceptedAsync(MeshSim sim, string category)
    {
        var number = (await sim.ReportAsync(category: category)).Case!.Id;
        await sim.DoAsync(number, new DispatchIncident(Guid.NewGuid(), MeshSim.By(Role.Dispatcher), "D-urban"));
        return (await sim.DoAsync(number, new AcceptIncident(Guid.NewGuid(), s_owner))).Case!;
    }

    /// <summary>Long spans go by day by day: each step of a timer is taken before the next one.</summary>
    private static async Task WaitForAsync(MeshSim sim, DateTimeOffset moment)
    {
        while (moment - sim.Time.GetUtcNow() is var left && left > TimeSpan.Zero)
        {
            sim.Time.Advance(left < TimeSpan.FromDays(1) ? left : TimeSpan.FromDays(1));
            await sim.SettleAsync();
        }
    }

    private static DeadlinePassed[] Passed(MeshSim sim, IncidentView incident) =>
        [.. sim.Journal.Of(incident.Id.Value).Select(IncidentHistory.Decode).OfType<DeadlinePassed>()];

    /// <summary>The grid sets its reminder at a beat, some seconds after its first open case.</summary>
    private static Task RemindedAsync(MeshSim sim) => sim.HappensAsync(
        () => sim.Reminders.Any(row => row.Key == SmallDistrict.Grid), "the grid has its reminder");
}
