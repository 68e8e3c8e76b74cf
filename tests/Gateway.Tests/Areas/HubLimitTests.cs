using System.Net;
using System.Net.WebSockets;
using System.Text.Json;
using GridMesh.Product.Fixture;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;

namespace GridMesh.Gateway.Tests.Areas;

public sealed class HubLimitTests
{
    [Fact(DisplayName = "[BO4] one subject has so many connections, whatever the transport and the token, and one that ends makes room")]
    public async Task Connections()
    {
        await using var app = await MeshApp.StartAsync(settings: ["--GridMesh:Limits:ConnectionsPerSubject=3"]);
        using var first = await OpenAsync(app, "supervisor");
        using var second = await OpenAsync(app, "supervisor");
        await using var third = await ConnectAsync(app, "supervisor", HttpTransportType.ServerSentEvents);
        await RefusedAsync(app, "supervisor");
        using var other = await OpenAsync(app, "dispatcher");
        first.Abort();
        await Eventually.TrueAsync(
            async () =>
            {
                try
                {
                    using var again = await OpenAsync(app, "supervisor");
                    return true;
                }
                catch (WebSocketException)
                {
                    return false;
                }
            },
            "there is room again");
    }

    [Fact(DisplayName = "[BO4] one address has so many connections")]
    public async Task Addresses()
    {
        await using var app = await MeshApp.StartAsync(settings: ["--GridMesh:Limits:ConnectionsPerAddress=2"]);
        using var first = await OpenAsync(app, "supervisor");
        using var second = await OpenAsync(app, "dispatcher");
        await RefusedAsync(app, "inspector");
    }

    [Fact(DisplayName = "[BO4] one subject begins to watch so often a minute, over all its connections, and calls as often as it may ask")]
    public async Task Calls()
    {
        await using var app = await MeshApp.StartAsync(services: MeshApp.StandStill, settings:
        [
            "--GridMesh:Limits:WatchesPerMinute=5", "--GridMesh:Limits:TokenPerSecond=1",
            "--GridMesh:Limits:TokenBurst=20",
        ]);
        await using var one = await ConnectAsync(app, "supervisor", HttpTransportType.WebSockets);
        await using var two = await ConnectAsync(app, "supervisor", HttpTransportType.WebSockets);
        for (var i = 0; i < 5; i++)
            await (i % 2 == 0 ? one : two).InvokeAsync<JsonElement>("Watch", SmallDistrict.Code);

        (await Should.ThrowAsync<HubException>(() => one.InvokeAsync<JsonElement>("Watch", SmallDistrict.Code)))
            .Message.ShouldStartWith("TooManyRequests: again in ");
        (await Should.ThrowAsync<HubException>(async () =>
        {
            for (var i = 0; i < 40; i++)
                await two.InvokeAsync("Unwatch", SmallDistrict.Code);
        })).Message.ShouldStartWith("TooManyRequests: ");
    }

    private static async Task RefusedAsync(MeshApp app, string role)
    {
        using var socket = new ClientWebSocket { Options = { CollectHttpResponseDetails = true } };
        await Should.ThrowAsync<WebSocketException>(async () => await OpenAsync(app, role, socket));
        socket.HttpStatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    private static async Task<ClientWebSocket> OpenAsync(MeshApp app, string role, ClientWebSocket? socket = null)
    {
        socket ??= new ClientWebSocket();
        await socket.ConnectAsync(
            new Uri($"ws://{app.Url.Authority}/hubs/mesh?access_token={await app.TokenAsync(role)}"),
            CancellationToken.None);
        await socket.SendAsync(
            System.Text.Encoding.UTF8.GetBytes("{\"protocol\":\"json\",\"version\":1}\u001e"),
            WebSocketMessageType.Text, true,
            CancellationToken.None);
        return socket;
    }

    private static async Task<HubConnection> ConnectAsync(MeshApp app, string role, HttpTransportType transport)
    {
        var hub = new HubConnectionBuilder().WithUrl(new Uri(app.Url, "/hubs/mesh"), options =>
        {
            options.AccessTokenProvider = async () => await app.TokenAsync(role);
            options.Transports = transport;
        }).Build();
        await hub.StartAsync();
        return hub;
    }
}
