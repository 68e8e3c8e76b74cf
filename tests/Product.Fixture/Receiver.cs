using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace GridMesh.Product.Fixture;

/// <summary>A message as it came.</summary>
public sealed record Received(string ContentType, string Signature, byte[] Body)
{
    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Body);

    /// <summary>The check that docs/webhooks.md tells receivers to make.</summary>
    public bool IsSignedBy(string secret)
    {
        var parts = Signature.Split(',').Select(part => part.Split('=')).ToDictionary(part => part[0], part => part[1]);
        byte[] signed = [.. Encoding.ASCII.GetBytes(parts["t"] + "."), .. Body];
        var expected = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed);
        return CryptographicOperations.FixedTimeEquals(expected, Convert.FromHexString(parts["v1"]));
    }
}

/// <summary>A subscriber's server on a free port: keeps what comes and answers as the test says.</summary>
public sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Received> _taken = new();

    private Receiver(WebApplication app) => _app = app;

    /// <summary>What it answers to the next messages.</summary>
    public Func<Received, HttpContext, Task<int>> Answer { get; set; } = (_, _) => Task.FromResult(204);

    public string Url => $"{_app.Urls.First()}/hook";

    /// <summary>What it has answered with 2xx, in order.</summary>
    public IReadOnlyList<Received> Taken => [.. _taken];

    public int Attempts { get; private set; }

    /// <summary>Ids of the events that it has taken, lists taken apart.</summary>
    public IReadOnlyList<string> Ids => [.. Events.Select(one => one.GetProperty("id").GetString()!)];

    public IEnumerable<JsonElement> Events => Taken.SelectMany(one =>
        one.Json.ValueKind == JsonValueKind.Array ? one.Json.EnumerateArray().ToArray() : [one.Json]);

    public static async Task<Receiver> StartAsync(string url = "http://127.0.0.1:0")
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url);
        var receiver = new Receiver(builder.Build());
        receiver._app.Run(receiver.TakeAsync);
        await receiver._app.StartAsync();
        return receiver;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var received = new Received(
            context.Request.ContentType ?? "", context.Request.Headers["GridMesh-Signature"].ToString(),
            body.ToArray());
        Attempts++;
        context.Response.StatusCode = await Answer(received, context);
        if (context.Response.StatusCode is >= 200 and < 300)
            _taken.Enqueue(received);
    }
}
