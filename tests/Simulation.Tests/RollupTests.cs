using GridMesh.Contracts.Access;
using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Grids;
using GridMesh.Contracts.Incidents;
using GridMesh.Demo;
using GridMesh.Product.Fixture;
using GridMesh.Product.Fixture.Simulated;
using GridMesh.Simulator.Calls;

namespace GridMesh.Simulation.Tests;

public sealed class RollupTests
{
    private static readonly TimeSpan s_repair = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_twoBeats = TimeSpan.FromSeconds(12);

    [Fact(DisplayName = "[RU4] a notice that never reached its grid is repaired within 30 s")]
    public async Task LostNotice()
    {
        await using var sim = await MeshSim.StartAsync();
        var row = await RowAsync(sim);
        sim.Journal.PutSilently(row with { Number = CaseNumber.Create(row.Number.Grid, new DateOnly(2026, 1, 5), 77) });
        (await sim.SummaryAsync()).Open.ShouldBe(1);
        await sim.PassAsync(s_repair);
        await sim.UntilAsync(summary => summary.Open == 2, "the lost case is counted");
    }

    [Fact(DisplayName = "[RU4] a shift whose notice never reached its grid is repaired within 30 s")]
    public async Task LostShift()
    {
        await using var sim = await MeshSim.StartAsync();
        sim.World.Fates = message => message.Method == nameof(IGridGrain.DutyChangedAsync) ? Fate.Lost : Fate.Arrives;
        var unanswered = sim.DutyAsync(SmallDistrict.WorkerOf(SmallDistrict.Grid), onDuty: true);
        await sim.SettleAsync();
        unanswered.IsCompleted.ShouldBeFalse();
        sim.World.Fates = null;
        await sim.PassAsync(s_repair);
        await sim.UntilAsync(summary => summary[Counter.WorkersOnDuty] == 1, "the shift is counted");
    }

    [Fact(DisplayName = "[RU4] children send their summary again although nothing changed")]
    public async Task SentAgain()
    {
        await using var sim = await MeshSim.StartAsync();
        await sim.ReportAsync();
        await sim.UntilAsync(summary => summary.Open == 1, "the case has climbed");
        var heard = sim.ReportsTo(SmallDistrict.Community);
        await sim.PassAsync(s_repair);
        await sim.HappensAsync(
            () => heard.Any(report => report.Child.Value == SmallDistrict.Grid && report.Summary.Open == 1),
            "it was sent again");
    }

    [Fact(DisplayName = "[RU4] the last news before a quiet while are sent again long before the repair")]
    public async Task SentAgainSoon()
    {
        await using var sim = await MeshSim.StartAsync();
        await sim.ReportAsync();
        await sim.UntilAsync(summary => summary.Open == 1, "the case has climbed");
        var heard = sim.ReportsTo(SmallDistrict.Community);
        var from = sim.Time.GetUtcNow();
        await sim.HappensAsync(
            () => heard.Any(report => report.Child.Value == SmallDistrict.Grid && report.Summary.Open == 1),
            "it was sent again");
        (sim.Time.GetUtcNow() - from).ShouldBeLessThan(s_twoBeats);
    }

    [Fact(DisplayName = "[RU9] grids that woke together check against the index each at its own moment of the period, not all at once")]
    public async Task Staggered()
    {
        var district = DemoDistrict.Generate();
        await using var sim = await MeshSim.StartAsync(directory: district);
        await sim.SettleAsync();
        var (checks, second) = (new List<int>(), TimeSpan.FromSeconds(1));
        for (var left = s_repair; left > TimeSpan.Zero; left -= second)
        {
            var before = sim.Journal.Digests;
            sim.Time.Advance(second);
            await sim.SettleAsync();
            checks.Add(sim.Journal.Digests - before);
        }

        var grids = district.Areas.Count(area => area.Code.Tier == Tier.Grid);
        checks.Sum().ShouldBeGreaterThanOrEqualTo(grids);
        checks.Max().ShouldBeLessThanOrEqualTo(grids / 5);
        checks.Count(count => count > 0).ShouldBeGreaterThan(15);
    }

    [Fact(DisplayName = "[RU2] summaries that are forged late or doubled change nothing above")]
    public async Task Doubled()
    {
        await using var sim = await MeshSim.StartAsync();
        var heard = sim.ReportsTo(SmallDistrict.Community);
        await sim.ReportAsync();
        await sim.ReportAsync();
        await sim.UntilAsync(summary => summary.Open == 2, "both cases have climbed");
        await sim.HappensAsync(() => heard.Any(report => report.Summary.Open == 2), "the report was heard");
        var community = sim.Client.GetGrain<IAreaGrain>(SmallDistrict.Community);
        foreach (var report in heard.Concat(heard).Reverse().ToArray())
            await community.TakeReportAsync(report);

        // The question waits in the community's mailbox behind all of them, and no time passes that could repair.
        (await sim.SummaryAsync(SmallDistrict.Community)).Open.ShouldBe(2);
        (await sim.SummaryAsync()).Open.ShouldBe(2);
    }

    [Fact(DisplayName = "[RU6] after a crash every tier shows the right numbers at the first question")]
    public async Task Wakes()
    {
        await using var sim = await MeshSim.StartAsync();
        await sim.ReportAsync();
        await sim.ReportAsync(SmallDistrict.FarGrid);
        await sim.DutyAsync(SmallDistrict.WorkerOf(SmallDistrict.Grid), true);
        await sim.CrashAsync(wake: false);
        var summary = await sim.SummaryAsync();
        (summary.Open, summary[Counter.ReportedToday], summary[Counter.WorkersOnDuty], summary[Counter.WorkersTotal])
            .ShouldBe((2, 2, 1, 24));
    }

    [Fact(DisplayName = "[RU7] at midnight in China today's numbers start at zero and open cases stay")]
    public async Task Midnight()
    {
        await using var sim = await MeshSim.StartAsync();
        await sim.ReportAsync();
        await sim.UntilAsync(summary => summary[Counter.ReportedToday] == 1, "reported today");
        sim.Time.Advance(TimeSpan.FromHours(8) - TimeSpan.FromMinutes(1));
        (await sim.SummaryAsync())[Counter.ReportedToday].ShouldBe(1);
        await sim.PassAsync(TimeSpan.FromMinutes(2));
        await sim.UntilAsync(summary => summary[Counter.ReportedToday] == 0 && summary.Open == 1, "a new day");
    }

    [Fact(DisplayName = "[PR1] a worker who goes silent is an alarm on the district's wall")]
    public async Task Silent()
    {
        await using var sim = await MeshSim.StartAsync();
        await sim.DutyAsync(SmallDistrict.WorkerOf(SmallDistrict.Grid), true);
        await sim.UntilAsync(summary => summary[Counter.WorkersOnDuty] == 1, "on duty");
        var before = (await sim.SummaryAsync(SmallDistrict.Grid))[Counter.AlarmsOpen];
        await sim.PassAsync(TimeSpan.FromMinutes(6));
        await sim.UntilAsync(summary => summary[Counter.AlarmsOpen] == before + 1, "the alarm", SmallDistrict.Grid);
    }

    [Theory(DisplayName = "[RU5] whatever happens, with crashes in between: district = towns = communities = grids = journal")]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Anything(int seed)
    {
        var random = new Random(seed);
        await using var sim = await MeshSim.StartAsync();
        var grids = SmallDistrict.Data.Areas.Where(area => area.Code.Tier == Tier.Grid).Select(area => area.Code.Value)
            .ToArray();
        var cases = new List<CaseNumber>();
        for (var i = 0; i < 250; i++)
        {
            switch (random.Next(20))
            {
                case 0: await sim.CrashAsync(downFor: TimeSpan.FromMinutes(random.Next(30))); break;
                case 1: await sim.PassAsync(TimeSpan.FromMinutes(random.Next(3))); break;
                case 2: await sim.DutyAsync(SmallDistrict.WorkerOf(grids[random.Next(8)]), random.Next(2) == 0); break;
                case < 10: cases.Add(
                    (await sim.ReportAsync(
                        grids[random.Next(8)], random.Next(2) == 0 ? "litter" : "dispute")).Case!.Id); break;
                case var _ when cases.Count > 0: await sim.DoAsync(cases[random.Next(cases.Count)], Any(random)); break;
                default: break;
            }
        }

        var recount = new Silo.Verify.Recount(sim.Journal.ReadAllAsync(), sim.Journal, sim.States, sim.Time);
        (await recount.RunAsync(new GridMesh.Contracts.Directory.DirectoryView(SmallDistrict.Data))).ShouldBeEmpty();
        recount.Facts.ShouldBeGreaterThan(100);
        await sim.UntilAsync(
            summary => summary.Open == recount.Open, "the live district shows what the journal counts");
        await SumsAsync(sim, AreaCode.Parse(SmallDistrict.Code));
    }

    private static IncidentCommand Any(Random random)
    {
        var id = new Guid(random.Next(), 0, 0, new byte[8]);
        var owner = MeshSim.By(Role.Worker, "D-urban");
        return random.Next(7) switch
        {
            0 => new RejectIncident(id, MeshSim.By(Role.Dispatcher), "no"),
            1 => new AcceptIncident(id, owner),
            2 => new ReturnIncident(id, owner, "not ours"),
            3 => new ResolveIncident(id, owner, "done", []),
            4 => new InspectIncident(id, MeshSim.By(Role.Inspector, "i"), random.Next(3) > 0, "so"),
            5 => new TellReporter(id, MeshSim.By(Role.Dispatcher), "done"),
            _ => new DispatchIncident(id, MeshSim.By(Role.Dispatcher), "D-urban"),
        };
    }

    private static async Task SumsAsync(MeshSim sim, AreaCode code)
    {
        var children = SmallDistrict.Data.Areas.Where(area => area.Code.Parent == code).Select(area => area.Code)
            .ToArray();
        if (children.Length == 0)
            return;

        var sum = new int[AreaSummary.Width];
        foreach (var child in children)
        {
            await SumsAsync(sim, child);
            var summary = await sim.SummaryAsync(child.Value);
            for (var i = 0; i < sum.Length; i++)
                sum[i] += summary.Counts[i];
        }

        await sim.UntilAsync(
            summary => summary.Counts.AsSpan().SequenceEqual(sum), $"{code} is the sum of its children", code.Value);
    }

    private static async Task<CaseRow> RowAsync(MeshSim sim)
    {
        var number = (await sim.ReportAsync()).Case!.Id;
        await sim.UntilAsync(summary => summary.Open == 1, "the case has climbed");
        await foreach (var row in sim.Journal.ReadAllCasesAsync())
        {
            if (row.Number == number)
                return row;
        }

        throw new InvalidOperationException("the case is not in the index");
    }
}
