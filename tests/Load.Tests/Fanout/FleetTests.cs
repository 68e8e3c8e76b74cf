namespace GridMesh.Load.Tests.Fanout;

public sealed class FleetTests
{
    [Fact(DisplayName = "[LO34] a fleet speaks SignalR with a bare hub, which sends each area the frames it was given at the rate it was told")]
    public async Task Fleet_and_bare_hub()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var bare = await BareServer.StartAsync(cancellation);
        AreaLog[] areas = [new("450105001001001"), new("450105001001002")];
        await using (var fleet = new Fleet(
            bare.Url, _ => BareServer.HubPath, TimeProvider.System, 20, number => areas[number % 2]))
        {
            (await fleet.ComeAsync(cancellation)).ShouldBe(20);
            using var frame = JsonDocument.Parse("""{"code":"x","epoch":1,"from":0,"to":1,"at":"2020-01-01T00:00:00Z","workers":{"put":[{"id":"w"}],"gone":[]}}""");
            await BareServer.OrderAsync(bare, 50, areas.ToDictionary(area => area.Code, _ => frame.RootElement));
            await FramesAsync(fleet, 200, cancellation);
            await BareServer.OrderAsync(bare, 0, new Dictionary<string, JsonElement>());
            var tally = fleet.Tally;
            (fleet.Current, tally.Gaps.Value, tally.Breaks.Value, tally.Snapshots.Value).ShouldBe((20, 0, 0, 20));
            (fleet.Tally.FrameBytes.Value / fleet.Tally.Frames.Value).ShouldBeInRange(150, 250);
            await fleet.GoAsync();
            (fleet.Current, fleet.Tally.Breaks.Value).ShouldBe((0, 0));
            (await fleet.ComeAsync(cancellation)).ShouldBe(20, "whoever was cut off can come back");
        }

    }

    /// <summary>Returns when so many frames have come; a hang is ended by the test's own patience.</summary>
    private static async Task FramesAsync(Fleet fleet, long frames, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(TimeSpan.FromMinutes(1));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (fleet.Tally.Frames.Value < frames)
            await timer.WaitForNextTickAsync(patience.Token);
    }
}
