using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Geo;
using GridMesh.Contracts.Grids;
using GridMesh.Product.Fixture;
using GridMesh.Product.Fixture.Simulated;

namespace GridMesh.Simulation.Tests;

public sealed class WatchTests
{
    [Fact(DisplayName = "[WP5] an area that nobody watches publishes nothing, a watched one does, until the lease lapses")]
    public async Task Leases()
    {
        await using var sim = await MeshSim.StartAsync();
        var frames = await sim.ListenAsync<AreaFrame>(MeshStreams.Wall, SmallDistrict.Code);
        await sim.ReportAsync();
        await sim.UntilAsync(summary => summary.Open == 1, "the case has climbed");
        await sim.PassAsync(TimeSpan.FromSeconds(10));
        frames.ShouldBeEmpty();

        var area = sim.Client.GetGrain<IAreaGrain>(SmallDistrict.Code);
        var snapshot = await area.WatchAsync(Watcher.Gateway, "test");
        snapshot.Incidents.Length.ShouldBe(1);
        await sim.ReportAsync();
        await sim.PassAsync(TimeSpan.FromSeconds(2));
        await sim.HappensAsync(() => frames.Any(frame => frame.Incidents?.Put.Length == 1), "a frame with the case");

        await sim.PassAsync(MeshStreams.WatchLease + TimeSpan.FromSeconds(10));
        (await area.RenewAsync(Watcher.Gateway, "test")).ShouldBeFalse();
        frames.Clear();
        await sim.ReportAsync();
        await sim.UntilAsync(summary => summary.Open == 3, "the case has climbed");
        await sim.PassAsync(TimeSpan.FromSeconds(10));
        frames.ShouldBeEmpty();
    }

    [Fact(DisplayName = "[WP5] the lease goes down the tree: grids publish details only while somebody above watches")]
    public async Task Details()
    {
        await using var sim = await MeshSim.StartAsync();
        var reports = sim.ReportsTo(SmallDistrict.Community);
        await sim.ReportAsync();
        await sim.UntilAsync(summary => summary.Open == 1, "the case has climbed");
        reports.ShouldAllBe(report => report.Details == null);
        var area = sim.Client.GetGrain<IAreaGrain>(SmallDistrict.Code);
        await area.WatchAsync(Watcher.Gateway, "test");
        await sim.ReportAsync();
        await sim.PassAsync(TimeSpan.FromSeconds(1));
        await sim.HappensAsync(() => reports.Any(report => report.Details is not null), "details climb");
        await area.UnwatchAsync(Watcher.Gateway, "test");
        (await sim.Client.GetGrain<IGridGrain>(SmallDistrict.Grid).RenewAsync(Watcher.Parent, SmallDistrict.Community))
            .ShouldBeFalse();
    }

    [Fact(DisplayName = "[WP4] a quiet area that is watched sends a sign of life")]
    public async Task SignOfLife()
    {
        await using var sim = await MeshSim.StartAsync();
        var area = sim.Client.GetGrain<IAreaGrain>(SmallDistrict.Code);
        await area.WatchAsync(Watcher.Gateway, "test");
        await sim.PassAsync(TimeSpan.FromSeconds(1));
        var frames = await sim.ListenAsync<AreaFrame>(MeshStreams.Wall, SmallDistrict.Code);
        await sim.PassAsync(TimeSpan.FromSeconds(12));
        frames.ShouldContain(frame => frame.From == frame.To, "a sign of life");
    }

    [Fact(DisplayName = "[WP2] frames of the district chain without a gap from its snapshot to what is there")]
    public async Task Chain()
    {
        await using var sim = await MeshSim.StartAsync();
        var frames = await sim.ListenAsync<AreaFrame>(MeshStreams.Wall, SmallDistrict.Code);
        var area = sim.Client.GetGrain<IAreaGrain>(SmallDistrict.Code);
        var snapshot = await area.WatchAsync(Watcher.Gateway, "test");
        var worker = SmallDistrict.WorkerOf(SmallDistrict.Grid);
        await sim.DutyAsync(worker, true);
        for (var i = 0; i < 30; i++)
        {
            await sim.ReportAsync(i % 2 == 0 ? SmallDistrict.Grid : SmallDistrict.FarGrid);
            await sim.MoveAsync(worker, new GeoPoint(108.3 + (i / 1e4), 22.7));
            await sim.PassAsync(TimeSpan.FromMilliseconds(200));
        }

        await sim.HappensAsync(
            () => CardsOf(frames).Count == 30
                && frames.Any(frame => frame.Workers?.Put.Any(dot => dot.Id == worker && dot.Lng > 108.30289) == true),
            "everything has climbed to the wall");
        var last = await area.WatchAsync(Watcher.Gateway, "test");
        await sim.HappensAsync(() => frames.Any(frame => frame.To == last.Version), "all frames were heard");
        var version = snapshot.Version;
        foreach (var frame in frames.Where(frame => frame.To <= last.Version))
        {
            frame.From.ShouldBe(version);
            version = frame.To;
        }

        last.Incidents.Length.ShouldBe(30);
        last.Workers.Single(dot => dot.Id == worker).Lng!.Value.ShouldBe(108.3029, 1e-9);
    }

    private static HashSet<string> CardsOf(IEnumerable<AreaFrame> frames) =>
        [.. frames.SelectMany(frame => frame.Incidents?.Put ?? []).Select(card => card.Id.Value)];

    [Fact(DisplayName = "[RU8] a case is on the district's wall soon, also while workers move all the time")]
    public async Task News()
    {
        await using var sim = await MeshSim.StartAsync();
        var frames = await sim.ListenAsync<AreaFrame>(MeshStreams.Wall, SmallDistrict.Code);
        await sim.Client.GetGrain<IAreaGrain>(SmallDistrict.Code).WatchAsync(Watcher.Gateway, "test");
        var worker = SmallDistrict.WorkerOf(SmallDistrict.Grid);
        await sim.DutyAsync(worker, true);
        var step = TimeSpan.FromMilliseconds(5);
        var longest = TimeSpan.Zero;
        for (var round = 0; round < 7; round++)
        {
            await WalkAsync(sim, worker, 60 + (13 * round), step);
            var (at, number) = (sim.Time.GetUtcNow(), (await sim.ReportAsync()).Case!.Id);
            await WalkAsync(sim, worker, 80, step);
            bool Carries(AreaFrame frame) => frame.Incidents?.Put.Any(card => card.Id == number) == true;
            await sim.HappensAsync(() => frames.Any(Carries), "a frame with the case");
            var frame = frames.First(Carries);
            longest = frame.At - at > longest ? frame.At - at : longest;
        }

        // Three hops at the news interval and a frame at its own, told to the step.
        longest.ShouldBeLessThanOrEqualTo(TimeSpan.FromMilliseconds((3 * 10) + 100) + (4 * step));
    }

    private static async Task WalkAsync(MeshSim sim, string worker, int steps, TimeSpan step)
    {
        for (var i = 0; i < steps; i++)
        {
            await sim.MoveAsync(worker, new GeoPoint(108.3 + (i / 1e5), 22.7));
            await sim.PassAsync(step);

            // Each answer means that whatever the step had set going below has been sent on.
            await sim.Client.GetGrain<IGridGrain>(SmallDistrict.Grid).GetReportAsync();
            foreach (var area in new[] { SmallDistrict.Community, SmallDistrict.Town, SmallDistrict.Code })
                await sim.Client.GetGrain<IAreaGrain>(area).GetReportAsync();
        }
    }
}
