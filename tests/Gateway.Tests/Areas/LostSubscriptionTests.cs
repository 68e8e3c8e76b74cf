using GridMesh.Client;
using GridMesh.Contracts.Areas;
using GridMesh.Product.Fixture;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;
using Orleans.Streams;

namespace GridMesh.Gateway.Tests.Areas;

public sealed class LostSubscriptionTests
{
    [Fact(DisplayName = "[WP11] a wall whose subscription the silos have dropped is right again by itself, and stays so")]
    public async Task Dropped()
    {
        await using var app = await MeshApp.StartAsync();
        var dispatcher = await app.SignInAsync("dispatcher");
        await using var wall = await LiveView.WatchAsync(app.Url, await app.TokenAsync("viewer"), SmallDistrict.Code);
        var stream = app.Services.GetRequiredService<IClusterClient>().GetStreamProvider(MeshStreams.Provider)
            .GetStream<AreaFrame>(StreamId.Create(MeshStreams.Wall, SmallDistrict.Code));
        var subscription = (await stream.GetAllSubscriptionHandles()).ShouldHaveSingleItem();
        await subscription.UnsubscribeAsync();

        await dispatcher.ReportAsync();
        await wall.UntilAsync(state => state.Open == 1, "the wall asks for the whole");
        var frames = wall.Frames;
        await dispatcher.ReportAsync();
        await wall.UntilAsync(state => state.Open == 2 && wall.Frames > frames, "frames come again");
        (await stream.GetAllSubscriptionHandles())
            .ShouldHaveSingleItem("there is one subscription, and no more of them");
    }
}
