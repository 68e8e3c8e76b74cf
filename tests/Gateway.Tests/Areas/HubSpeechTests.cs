using System.Text.Json;
using GridMesh.Product.Fixture;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;

namespace GridMesh.Gateway.Tests.Areas;

public sealed class HubSpeechTests(Product product)
{
    private readonly MeshApp _app = product.App;

    [Theory(DisplayName = "[WP13] every transport of SignalR works alike, and arguments with a default may be left out")]
    [InlineData(HttpTransportType.WebSockets, false)]
    [InlineData(HttpTransportType.WebSockets, true)]
    [InlineData(HttpTransportType.ServerSentEvents, false)]
    [InlineData(HttpTransportType.LongPolling, false)]
    public async Task Transports(HttpTransportType transport, bool isStateful)
    {
        await using var hub = await ConnectAsync("worker", transport, isStateful);
        var whole = await hub.InvokeAsync<JsonElement>("Watch", SmallDistrict.Grid);
        whole.GetProperty("kind").GetString().ShouldBe("snapshot");
        (await hub.InvokeAsync<JsonElement>("Watch", SmallDistrict.Grid, null)).GetProperty("kind").GetString()
            .ShouldBe("snapshot");
        var since = whole.GetProperty("area");
        (await hub.InvokeAsync<JsonElement>("Watch", SmallDistrict.Grid, new
        {
            epoch = since.GetProperty("epoch").GetInt64(), version = since.GetProperty("version").GetInt64(),
        })).GetProperty("kind").GetString().ShouldBe("resumed");
        await hub.InvokeAsync("Unwatch", SmallDistrict.Grid);
        var at = DateTimeOffset.UtcNow.ToString("O");
        var (lng, lat) = (108.3, 22.8);
        await RefusedAsync("WorkerIsOffDuty", () => hub.InvokeAsync("Position", lng, lat, at));
        await RefusedAsync("WorkerIsOffDuty", () => hub.InvokeAsync("Position", lng, lat, at, 5.0));
    }

    [Fact(DisplayName = "[WP14] a no of the hub begins with its code, has no words of the framework and is no fault in the log")]
    public async Task Refusals()
    {
        await using var hub = await ConnectAsync("viewer", HttpTransportType.WebSockets);
        await RefusedAsync("AreaIsOutsideYourOwn", () => hub.InvokeAsync("Watch", "110101"));
        await RefusedAsync("AreaIsUnknown", () => hub.InvokeAsync("Watch", "rubbish"));
        await RefusedAsync("RoleMayNot", () => hub.InvokeAsync("Position", 1.0, 1.0, "2026-05-01T08:00:00Z"));
        await RefusedAsync("ValidationFailed", () => hub.InvokeAsync("Watch", 7));
        await RefusedAsync("ValidationFailed", () => hub.InvokeAsync("Watch"));
        await RefusedAsync("ValidationFailed", () => hub.InvokeAsync("Watch", SmallDistrict.Code, null, 7));
        await RefusedAsync("RouteNotFound", () => hub.InvokeAsync("Nothing"));
        await hub.SendAsync("Watch", "rubbish");
        (await hub.InvokeAsync<JsonElement>("Watch", SmallDistrict.Code)).GetProperty("kind").GetString()
            .ShouldBe("snapshot");
        product.Log.Complaints.Where(one => one.Contains("hub method")).ShouldBeEmpty();
    }

    private static async Task RefusedAsync(string code, Func<Task> call)
    {
        var refusal = await Should.ThrowAsync<HubException>(call);
        refusal.Message.ShouldStartWith($"{code}: ");
        refusal.Message.ShouldNotContain("Exception");
        refusal.Message.ShouldNotContain("System.");
    }

    private async Task<HubConnection> ConnectAsync(string role, HttpTransportType transport, bool isStateful = false)
    {
        var worker = role == "worker" ? SmallDistrict.WorkerOf(SmallDistrict.Grid) : null;
        var token = await _app.TokenAsync(role, worker is null ? SmallDistrict.Code : SmallDistrict.Grid, worker);
        var builder = new HubConnectionBuilder().WithUrl(new Uri(_app.Url, "/hubs/mesh"), transport, options =>
            options.AccessTokenProvider = () => Task.FromResult<string?>(token));
        var hub = (isStateful ? builder.WithStatefulReconnect() : builder).Build();
        await hub.StartAsync();
        return hub;
    }
}
