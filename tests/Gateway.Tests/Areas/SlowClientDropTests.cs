using GridMesh.Contracts.Codes;
using GridMesh.Gateway.Areas;
using GridMesh.Product.Fixture;
using GridMesh.Product.Fixture.Simulated;

namespace GridMesh.Gateway.Tests.Areas;

/// <summary>On simulated time.</summary>
public sealed class SlowClientDropTests
{
    [Fact(DisplayName = "[SL2] a client that takes longer than 10 s for a frame is dropped with a reason, the others stay")]
    public async Task Dropped()
    {
        await using var sim = await MeshSim.StartAsync();
        using var inside = sim.World.Enter();
        var channel = new AreaChannel(
            AreaCode.Parse(SmallDistrict.Code), new AreaSight(0, true), new ChannelContext(sim.Client, sim.Time));
        var slow = new SlowPeer("slow");
        var quick = new SlowPeer("quick", pauseAt: 1 << 24);
        await channel.JoinAsync(slow.Connection, null);
        await channel.JoinAsync(quick.Connection, null);
        await sim.PassAsync(TimeSpan.FromSeconds(1));
        for (var i = 0; i < 60; i++)
        {
            await sim.ReportAsync();
            await sim.PassAsync(TimeSpan.FromMilliseconds(500));
        }

        await channel.TendAsync();
        await sim.PassAsync(ChannelContext.SlowClientMax + TimeSpan.FromSeconds(1));
        await channel.TendAsync();
        await sim.PassAsync(ChannelContext.FarewellMax + TimeSpan.FromSeconds(1));
        // SignalR ends a connection on a thread of its own, which the simulated clock knows nothing of.
        slow.Connection.ConnectionAborted.WaitHandle.WaitOne(TimeSpan.FromMinutes(1))
            .ShouldBeTrue("the slow one is dropped");
        quick.Connection.ConnectionAborted.IsCancellationRequested.ShouldBeFalse();
        channel.Clients.ShouldBe(1);
        await channel.CloseAsync();
    }
}
