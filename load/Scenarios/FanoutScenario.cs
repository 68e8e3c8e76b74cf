using System.Text.Json;
using GridMesh.Load.Bare;
using GridMesh.Load.Clients;
using GridMesh.Load.Fanout;
using GridMesh.Load.Fleets;
using GridMesh.Load.Reports;
using GridMesh.Load.Running;

namespace GridMesh.Load.Scenarios;

/// <summary>
/// How many frames a second a gateway delivers to thousands of clients, and how old, beside a SignalR hub with nothing of
/// ours in it that sends the same bytes to the same clients in the same run.
/// </summary>
internal sealed class FanoutScenario(FanoutOptions options, ScenarioContext context)
{
    public const string Name = "fanout";

    /// <summary>Clients of the warm-up, which compiles both servers' ways and finds the frames to send.</summary>
    private const int WarmUpClients = 200;

    /// <summary>Clients of the official package that watch along.</summary>
    private const int OfficialClients = 3;

    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(3);

    /// <summary>The flood is more than the product would make by itself: 20 frames a second of a grid.</summary>
    private const string FrameInterval = "GridMesh:Live:GridFrameIntervalMs=45";

    public async Task<Report> RunAsync(CancellationToken cancellation)
    {
        await using var product = await RunProduct.StartAsync(options, [.. FleetSilo.Settings, FrameInterval], context, cancellation);
        var report = await MeasureAsync(product, cancellation);
        await product.StopAsync();
        return report;
    }

    private async Task<Report> MeasureAsync(RunProduct running, CancellationToken cancellation)
    {
        var url = running.Url;
        using var client = new MeshClient(url);
        var viewer = await client.TokenAsync("viewer", options.Area);
        var district = await District.LoadAsync(client, options.Area, viewer);
        var movers = await Movers.GatherAsync(client, district, options.Areas, options.Seed, context.Time);
        var tokens = new Dictionary<string, string>();
        foreach (var area in movers.Areas)
        {
            tokens[area] = await client.TokenAsync("viewer", area);
        }

        using var bare = await BareProcess.StartAsync(context.Time, cancellation);
        var judge = new FanoutJudge(client, viewer, context.Time);
        var product = new ProductSide(url, running.ProcessId, tokens, movers, context.Time);
        var runner = new FanoutRunner(options, context);
        context.Say($"warming up with {WarmUpClients} clients of {movers.Areas.Count} grids, not compared");
        var frames = new Dictionary<string, JsonElement>();
        await runner.RunAsync(product, movers.Areas, WarmUpClients, 1, s_warmUp, fleet => KeepFrames(fleet, frames), cancellation);
        var side = new BareSide(bare, frames, context.Time);
        await runner.RunAsync(side, movers.Areas, WarmUpClients, 1, s_warmUp, _ => Task.CompletedTask, cancellation);
        var rounds = new List<FanoutRound>();
        await using var walls = await Official.WatchAsync(url, tokens, OfficialClients, context.Time);
        for (var round = 0; round < options.Rounds; round++)
        {
            rounds.Add(await runner.RunAsync(
                side, movers.Areas, options.Clients, FanoutRunner.KeepEvery, options.Duration, _ => Task.CompletedTask, cancellation));
            rounds.Add(await runner.RunAsync(
                product, movers.Areas, options.Clients, FanoutRunner.KeepEvery, options.Duration,
                async fleet =>
                {
                    await judge.FleetAsync(fleet, cancellation);
                    await judge.WallsAsync(walls.Walls, cancellation);
                },
                cancellation));
        }

        return FanoutReport.Compose(options, context, rounds, product.Name, judge, walls.Gaps, movers.Failed) with
        {
            Subject = LoadReport.SubjectOf(running),
        };
    }

    private static Task KeepFrames(Fleet fleet, Dictionary<string, JsonElement> frames)
    {
        foreach (var client in fleet.Clients)
        {
            if (client.LastFrame is { } frame)
            {
                frames[client.Area] = frame;
            }
        }

        return Task.CompletedTask;
    }
}
