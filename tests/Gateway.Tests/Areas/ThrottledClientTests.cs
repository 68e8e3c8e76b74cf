using System.Text.Json;
using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Workers;
using GridMesh.Gateway.Areas;
using GridMesh.Product.Fixture;
using Microsoft.Extensions.DependencyInjection;

namespace GridMesh.Gateway.Tests.Areas;

/// <summary>Over real TCP: what the system holds back for a client counts as well.</summary>
public sealed class ThrottledClientTests : IAsyncLifetime
{
    /// <summary>A frame of so many workers has some 160 KB.</summary>
    private const int Workers = 1_400;

    /// <summary>Versions from one frame to the next.</summary>
    private const long Ahead = 1_000_000;

    private static readonly TimeSpan s_pace = TimeSpan.FromMilliseconds(250);

    private MeshApp _app = null!;

    public async ValueTask InitializeAsync() => _app = await MeshApp.StartAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Theory(DisplayName = "[SL4] a frame that a client on a slow line gets was made when it had read the fourth before: states are skipped, nothing piles up")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Young(bool negotiates)
    {
        // In frames, not in seconds, so that a busy machine changes nothing: what piles up would be nine behind.
        const int Frames = 14;
        const int Behind = 4;
        using var client = await WatchAsync(negotiates);
        using var over = new CancellationTokenSource();
        var feeding = FeedAsync(over.Token);
        var (read, skips) = (new List<DateTimeOffset>(), 0);
        while (read.Count < Frames)
        {
            var frame = (await client.CallAsync()).ShouldNotBeNull().GetProperty("arguments")[0];
            if (read.Count >= Behind)
                frame.GetProperty("at").GetDateTimeOffset().ShouldBeGreaterThan(read[^Behind]);

            skips += frame.GetProperty("to").GetInt64() - frame.GetProperty("from").GetInt64() > Ahead ? 1 : 0;
            read.Add(DateTimeOffset.UtcNow);
        }

        skips.ShouldBeGreaterThan(0);
        await over.CancelAsync();
        await feeding;
    }

    [Fact(DisplayName = "[SL5] who has a frame to read before it is told why the connection ends, and then it ends")]
    public async Task Told()
    {
        using var client = await WatchAsync(negotiates: false);
        using var over = new CancellationTokenSource();
        var feeding = FeedAsync(over.Token);
        for (var i = 0; i < 3; i++)
            await client.CallAsync();

        Channel.Dismiss("TooSlow");
        var calls = new List<string>();
        while (await client.CallAsync() is { } call)
            calls.Add(call.GetProperty("target").GetString()!);

        calls[^1].ShouldBe("closing");
        calls.Count.ShouldBeLessThanOrEqualTo(3, "at most what was on its way came before");
        await over.CancelAsync();
        await feeding;
    }

    private AreaChannel Channel => _app.Services.GetRequiredService<AreaChannels>()
        .Of(AreaCode.Parse(SmallDistrict.OtherTown), new AreaSight(0, true));

    private async Task<ThrottledClient> WatchAsync(bool negotiates)
    {
        var client = new ThrottledClient();
        await client.ConnectAsync(
            _app, await _app.TokenAsync("supervisor"), SmallDistrict.OtherTown, negotiates);
        await Eventually.TrueAsync(() => Task.FromResult(Channel.Clients > 0), "the client watches");
        return client;
    }

    /// <summary>Frames as the area would send them if everybody moved, ahead of its own.</summary>
    private async Task FeedAsync(CancellationToken over)
    {
        var start = JsonDocument.Parse((await Channel.SnapshotAsync()).Utf8).RootElement;
        var (epoch, version) = (start.GetProperty("epoch").GetInt64(), start.GetProperty("version").GetInt64());
        using var timer = new PeriodicTimer(s_pace);
        while (!over.IsCancellationRequested)
        {
            await timer.WaitForNextTickAsync(CancellationToken.None);
            var at = DateTimeOffset.UtcNow;
            await Channel.OnNextAsync(new AreaFrame(
                AreaCode.Parse(SmallDistrict.OtherTown), epoch, version, version += Ahead, at, null, null, null,
                new([.. Enumerable.Range(0, Workers).Select(i => new WorkerDot(
                    $"{SmallDistrict.OtherTown}-{i:0000}", 108.300001 + (i / 1e6), 22.700001, WorkerStatus.OnDuty,
                    at))], [])));
        }
    }
}
