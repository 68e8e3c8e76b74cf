using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Workers;
using GridMesh.Product.Fixture;
using GridMesh.Product.Fixture.Simulated;

namespace GridMesh.Simulation.Tests;

/// <summary>Two trees over one journal: what happens when two silos hold the same grain for a while.</summary>
public sealed class FenceTests
{
    [Fact(DisplayName = "[OR1] of two activations of one case only the one that is ahead writes; the other decides anew, and goes")]
    public async Task Case()
    {
        await using var one = await MeshSim.StartAsync();
        await using var other = await MeshSim.StartAsync(beside: one);
        var number = (await one.ReportAsync()).Case!.Id;
        (await other.Client.GetGrain<IIncidentGrain>(number.Value).GetAsync())!.Step.ShouldBe(Step.Reported);
        other.Activations["incident"].ShouldBe(1);

        (await one.DoAsync(number, Dispatch("D-urban"))).Reject.ShouldBeNull();
        var late = await other.DoAsync(number, Dispatch(SmallDistrict.WorkerOf(SmallDistrict.Grid)));
        late.Reject.ShouldBe(RejectCode.OnlyReportedOrReturnedCanBeDispatched);
        late.Case!.Owner.ShouldBe("D-urban");
        other.Activations.GetValueOrDefault("incident").ShouldBe(0, "the loser has gone");
        one.Activations["incident"].ShouldBe(1);
        one.Journal.Of(number.Value).Select(fact => fact.Version).ShouldBe([1, 2]);
    }

    [Fact(DisplayName = "[OR1] a command that still fits what the other wrote is done on top of it")]
    public async Task OnTop()
    {
        await using var one = await MeshSim.StartAsync();
        await using var other = await MeshSim.StartAsync(beside: one);
        var number = (await one.ReportAsync()).Case!.Id;
        await other.Client.GetGrain<IIncidentGrain>(number.Value).GetAsync();
        await one.DoAsync(number, Dispatch("D-urban"));
        var accepted = await other.DoAsync(
            number, new AcceptIncident(Guid.NewGuid(), MeshSim.By(Role.Worker, "D-urban")));
        accepted.Reject.ShouldBeNull();
        accepted.Case!.Step.ShouldBe(Step.Handling);
        (await one.Client.GetGrain<IIncidentGrain>(number.Value).GetAsync())!.Step.ShouldBe(
            Step.Dispatched, "it has not heard yet");
        var refused = await one.DoAsync(number, new AcceptIncident(Guid.NewGuid(), MeshSim.By(Role.Worker, "D-urban")));
        refused.Reject.ShouldBe(RejectCode.OnlyDispatchedCanBeAccepted);
        refused.Case!.Step.ShouldBe(Step.Handling, "the journal was asked before it wrote");
    }

    [Fact(DisplayName = "[OR2] two activations of one grid that give the same number end in two cases, each reported once")]
    public async Task Numbers()
    {
        await using var one = await MeshSim.StartAsync();
        await using var other = await MeshSim.StartAsync(beside: one);
        var cases = new List<CaseNumber>();
        for (var i = 0; i < 20; i++)
        {
            var outcome = await (i % 3 == 0 ? one : other).ReportAsync();
            outcome.Reject.ShouldBeNull();
            cases.Add(outcome.Case!.Id);
        }

        cases.Distinct().Count().ShouldBe(20);
        one.Journal.Count.ShouldBe(20);
    }

    [Fact(DisplayName = "[OR2] the same report sent to both activations is one case")]
    public async Task SameReport()
    {
        await using var one = await MeshSim.StartAsync();
        await using var other = await MeshSim.StartAsync(beside: one);
        await other.ReportAsync();
        await other.ReportAsync();
        var command = Guid.NewGuid();
        var first = await one.ReportAsync(id: command);
        var second = await other.ReportAsync(id: command);
        second.Reject.ShouldBeNull();
        second.Case!.Id.ShouldBe(first.Case!.Id);
        one.Journal.Count.ShouldBe(3);
    }

    [Fact(DisplayName = "[OR1] two activations of one worker do not both begin the shift")]
    public async Task Worker()
    {
        await using var one = await MeshSim.StartAsync();
        await using var other = await MeshSim.StartAsync(beside: one);
        var worker = SmallDistrict.WorkerOf(SmallDistrict.Grid);
        await other.Client.GetGrain<IWorkerGrain>(worker).GetAsync();
        (await one.DutyAsync(worker, true)).Worker!.OnDuty.ShouldBeTrue();
        (await other.DutyAsync(worker, true)).Worker!.OnDuty.ShouldBeTrue();
        one.Journal.Of($"worker:{worker}").Count.ShouldBe(1);
        other.Activations.GetValueOrDefault("worker").ShouldBe(0, "the loser has gone");
    }

    private static DispatchIncident Dispatch(string owner) => new(Guid.NewGuid(), MeshSim.By(Role.Dispatcher), owner);
}
