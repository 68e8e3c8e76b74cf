using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using GridMesh.Product.Fixture;

namespace GridMesh.Gateway.Tests.Plumbing.Sockets;

public sealed class NegotiationTests(Product product)
{
    private const string Handshake = "{\"protocol\":\"json\",\"version\":1}\u001e";

    private readonly MeshApp _app = product.App;

    [Theory(DisplayName = "[WP8] with a negotiation or without, the hub answers the same")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Both_ways(bool negotiates)
    {
        var token = await _app.TokenAsync("viewer");
        var id = negotiates ? $"id={Uri.EscapeDataString(await NegotiateAsync(token))}&" : "";
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(
            new UriBuilder(_app.Url) { Scheme = "ws", Path = "/hubs/mesh", Query = $"{id}access_token={token}" }.Uri,
            CancellationToken.None);
        await SendAsync(socket, Handshake);
        (await ReadAsync(socket)).ShouldBe("{}");
        await SendAsync(
            socket,
            $$"""{"type":1,"invocationId":"7","target":"Watch","arguments":["{{SmallDistrict.Code}}",null]}"""
            + '\u001e');
        using var answer = JsonDocument.Parse(await ReadAsync(socket));
        answer.RootElement.GetProperty("invocationId").GetString().ShouldBe("7");
        answer.RootElement.GetProperty("result").GetProperty("area").GetProperty("code").GetString()
            .ShouldBe(SmallDistrict.Code);
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        socket.State.ShouldBe(WebSocketState.Closed);
    }

    private async Task<string> NegotiateAsync(string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/hubs/mesh/negotiate?negotiateVersion=1");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await _app.Http.SendAsync(request);
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("connectionToken").GetString()!;
    }

    private static Task SendAsync(ClientWebSocket socket, string text) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, CancellationToken.None);

    /// <summary>The next SignalR message that is neither a ping nor a frame.</summary>
    private static async Task<string> ReadAsync(ClientWebSocket socket)
    {
        var text = new StringBuilder();
        var buffer = new byte[4_096];
        while (true)
        {
            var result = await socket.ReceiveAsync(buffer, CancellationToken.None);
            text.Append(Encoding.UTF8.GetString(buffer, 0, result.Count));
            if (text.Length > 0 && text[^1] == '\u001e')
            {
                var message = text.ToString().Split('\u001e')
                    .FirstOrDefault(
                        record => record.Length > 0 && record != "{\"type\":6}" && !record.Contains("\"frame\""));
                if (message is not null)
                    return message;

                text.Clear();
            }
        }
    }
}
