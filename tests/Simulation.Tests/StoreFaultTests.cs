using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Storage;
using GridMesh.Product.Fixture;
using GridMesh.Product.Fixture.Simulated;

namespace GridMesh.Simulation.Tests;

public sealed class StoreFaultTests
{
    [Fact(DisplayName = "[DU1] a command is answered and seen when its facts are written, not before")]
    public async Task Order()
    {
        await using var sim = await MeshSim.StartAsync();
        var number = (await sim.ReportAsync()).Case!.Id;
        await sim.UntilAsync(summary => summary[Step.Reported] == 1, "the report has climbed");
        var (disk, before) = (new TaskCompletionSource(), sim.Journal.Asked);
        sim.Journal.Disk = disk.Task;
        var answer = sim.DoAsync(number, new DispatchIncident(Guid.NewGuid(), MeshSim.By(Role.Dispatcher), "D-urban"));
        sim.Journal.Asked.ShouldBeGreaterThan(before, "the facts are on their way");
        await sim.PassAsync(TimeSpan.FromSeconds(2));
        answer.IsCompleted.ShouldBeFalse();
        (await sim.SummaryAsync())[Step.Reported].ShouldBe(1);

        disk.SetResult();
        (await answer).Case!.Step.ShouldBe(Step.Dispatched);
        await sim.UntilAsync(summary => summary[Step.Dispatched] == 1, "the dispatch has climbed");
    }

    [Fact(DisplayName = "[DU3] while the store is down nothing changes in memory, and it goes on when it is back")]
    public async Task Down()
    {
        await using var sim = await MeshSim.StartAsync();
        var number = (await sim.ReportAsync()).Case!.Id;
        var command = new DispatchIncident(Guid.NewGuid(), MeshSim.By(Role.Dispatcher), "D-urban");
        sim.Journal.Weather = Weather.Down;
        await Should.ThrowAsync<StorageUnavailableException>(() => sim.DoAsync(number, command));
        await Should.ThrowAsync<StorageUnavailableException>(() => sim.ReportAsync(SmallDistrict.FarGrid));
        var incident = sim.Client.GetGrain<IIncidentGrain>(number.Value);
        (await incident.GetAsync())!.Step.ShouldBe(Step.Reported);
        (await sim.SummaryAsync(SmallDistrict.FarGrid)).Open.ShouldBe(0);

        sim.Journal.Weather = Weather.Fine;
        (await sim.DoAsync(number, command)).Case!.Step.ShouldBe(Step.Dispatched);
    }

    [Fact(DisplayName = "[ON1] a command whose fate was uncertain is done once when it is sent again")]
    public async Task Uncertain()
    {
        await using var sim = await MeshSim.StartAsync();
        var number = (await sim.ReportAsync()).Case!.Id;
        var command = new DispatchIncident(Guid.NewGuid(), MeshSim.By(Role.Dispatcher), "D-urban");
        sim.Journal.Weather = Weather.Uncertain;
        await Should.ThrowAsync<StorageUnavailableException>(() => sim.DoAsync(number, command));
        sim.Journal.Weather = Weather.Fine;
        (await sim.Client.GetGrain<IIncidentGrain>(number.Value).GetAsync())!.Step.ShouldBe(Step.Dispatched);
        (await sim.DoAsync(number, command)).Case!.Step.ShouldBe(Step.Dispatched);
        sim.Journal.Of(number.Value).Count.ShouldBe(2);
    }

    [Fact(DisplayName = "[ON1] a report whose fate was uncertain is one case when it is sent again, before and after a crash")]
    public async Task UncertainReport()
    {
        await using var sim = await MeshSim.StartAsync();
        var id = Guid.NewGuid();
        sim.Journal.Weather = Weather.Uncertain;
        await Should.ThrowAsync<StorageUnavailableException>(() => sim.ReportAsync(id: id));
        sim.Journal.Weather = Weather.Fine;
        var first = (await sim.ReportAsync(id: id)).Case!;
        await sim.CrashAsync();
        var again = (await sim.ReportAsync(id: id)).Case!;
        again.Id.ShouldBe(first.Id);
        sim.Journal.Count.ShouldBe(1);
        await sim.UntilAsync(summary => summary.Open == 1, "one case is open");
    }
}
