using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Codes;
using GridMesh.Product.Fixture;
using GridMesh.Product.Fixture.Simulated;

namespace GridMesh.Simulation.Tests;

public sealed class AbsenceTests
{
    [Fact(DisplayName = "[RU10] a grid that cannot wake is left out: all others count and are watched, and it comes back by itself")]
    public async Task Alone()
    {
        await using var sim = await MeshSim.StartAsync();
        await sim.ReportAsync();
        await sim.ReportAsync(SmallDistrict.FarGrid);
        await sim.UntilAsync(summary => summary.Open == 2, "both climb");
        sim.Journal.Broken = AreaCode.Parse(SmallDistrict.Grid);
        await sim.CrashAsync();

        await sim.UntilAsync(
            summary => summary.Open == 1 && summary[Counter.AreasAbsent] == 1, "the district lives without it");
        var community = await WatchAsync(sim, SmallDistrict.Community);
        community.Children.Single(child => child.Code.Value == SmallDistrict.Grid).Summary[Counter.AreasAbsent]
            .ShouldBe(1);
        community.Children.Single(child => child.Code.Value == SmallDistrict.Neighbour).Summary[Counter.AreasAbsent]
            .ShouldBe(0);
        (await WatchAsync(sim, SmallDistrict.Code)).Incidents.Single().Grid.Value.ShouldBe(SmallDistrict.FarGrid);
        (await sim.ReportAsync(SmallDistrict.Neighbour)).Case.ShouldNotBeNull();
        await sim.PassAsync(TimeSpan.FromSeconds(30));
        (await sim.SummaryAsync())[Counter.AreasAbsent].ShouldBe(1);

        sim.Journal.Broken = null;
        await sim.PassAsync(TimeSpan.FromSeconds(6));
        await sim.UntilAsync(summary => summary.Open == 3 && summary[Counter.AreasAbsent] == 0, "it is back");
    }

    private static Task<AreaSnapshot> WatchAsync(MeshSim sim, string code) =>
        sim.Client.GetGrain<IAreaGrain>(code).WatchAsync(Watcher.Gateway, "test");
}
