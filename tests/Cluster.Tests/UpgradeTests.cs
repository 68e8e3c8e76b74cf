using GridMesh.Client;
using GridMesh.Product.Fixture;
using GridMesh.Silo.Fixture;

namespace GridMesh.Cluster.Tests;

/// <summary>From the version before to this one, process by process, as operating.md tells it.</summary>
public sealed class UpgradeTests
{
    /// <summary>Commands that are answered in each state of the cluster before the next process is replaced.</summary>
    private const int Commands = 60;

    [Fact(DisplayName = "[OR12] silos and then gateways of the version before are replaced under traffic: nothing is lost, doubled or answered 500")]
    public async Task Roll()
    {
        var earlier = await EarlierBuild.ProgramAsync();
        var (cluster, silos) = await MeshCluster.StartAsync(silos: 2, MeshCluster.Patient, earlier);
        await using var _ = cluster;
        var gateway = await cluster.AddGatewayAsync();
        using var client = await MeshCluster.SignInAsync(gateway);
        await using var wall = await MeshCluster.WatchAsync(gateway);
        await using var reporters = new Reporters([client], pause: TimeSpan.FromMilliseconds(50));
        await GoesOnAsync(reporters, wall);

        cluster.Program = SiloProcess.Program;
        foreach (var old in silos)
        {
            await cluster.StopAsync(old);
            await GoesOnAsync(reporters, wall);
            await cluster.AddSiloAsync();
            await GoesOnAsync(reporters, wall);
        }

        await cluster.StopAsync(gateway);
        await cluster.AddGatewayAsync(gateway.Url);
        await wall.BackAsync();
        await GoesOnAsync(reporters, wall);

        await reporters.DisposeAsync();
        await reporters.AllAreThereAsync([client], [wall]);
        var cases = reporters.Acknowledged.Count;
        (await cluster.StopCleanAsync()).ShouldContain($"{cases} cases, {cases} open");
    }

    [Fact(DisplayName = "[OR12] the version that is upgraded from is the one before the last change of the contract, and may be")]
    public async Task From()
    {
        await EarlierBuild.RequireAsync();
        (await EarlierBuild.BreaksSinceAsync()).ShouldBeEmpty(
            "a break cannot be rolled out: name its commit in upgrade-from.txt");
        (await EarlierBuild.ChangesSinceAsync()).Length.ShouldBeLessThanOrEqualTo(
            1, "the contract changed more than once: name the commit before the last change in upgrade-from.txt");
    }

    /// <summary>Commands are answered, and what was acknowledged before is on the wall.</summary>
    private static async Task GoesOnAsync(Reporters reporters, LiveView wall)
    {
        await reporters.AnsweredAsync(Commands);
        var known = reporters.Acknowledged.Count;
        await wall.UntilAsync(state => state.Open >= known, "what was acknowledged is on the wall");
    }
}
