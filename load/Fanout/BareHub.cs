using System.Net.Http.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GridMesh.Load.Fanout;

/// <summary>A frame as the product's: its head is made anew, the rest is what the product sent.</summary>
internal sealed record BareFrame(string Code, long Epoch, long From, long To, DateTimeOffset At)
{
    [JsonExtensionData]
    public Dictionary<string, JsonElement> Rest { get; init; } = [];
}

/// <param name="Rate">Frames a second of each area; 0: none.</param>
/// <param name="Frames">For each area a frame of the product whose bytes are sent.</param>
internal sealed record BareOrder(double Rate, IReadOnlyDictionary<string, JsonElement> Frames);

/// <summary>A hub as the manual has it: who watches joins a group.</summary>
internal sealed class BareHub(BareBroadcaster broadcaster) : Hub
{
    /// <summary>The version is read after joining, so that no frame is missed between the two.</summary>
    /// <param name="since">Taken as the product takes it; a bare hub keeps nothing to resume from.</param>
    public async Task<object> Watch(string code, object? since = null)
    {
        _ = since;
        await Groups.AddToGroupAsync(Context.ConnectionId, code);
        return new { Kind = "snapshot",
            Area = new { Code = code, broadcaster.Epoch, Version = broadcaster.VersionOf(code) } };
    }
}

/// <summary>
/// Sends each area's group a frame at a fixed rate. Waits for a send before the next one to the same group, which is
/// how SignalR tells that clients are too slow; ticks that are missed meanwhile are not made up for.
/// </summary>
internal sealed class BareBroadcaster(IHubContext<BareHub> hub, TimeProvider time)
{
    private static readonly string[] s_head = ["code", "epoch", "from", "to", "at"];
    private readonly ConcurrentDictionary<string, long> _versions = new();
    private CancellationTokenSource _stopping = new();
    private Task _sending = Task.CompletedTask;
    public long Epoch { get; } = (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    public long VersionOf(string code) => _versions.GetOrAdd(code, 1);

    public async Task GoByAsync(BareOrder order)
    {
        await _stopping.CancelAsync();
        await _sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
        _stopping = new CancellationTokenSource();
        var period = order.Rate > 0 ? TimeSpan.FromSeconds(1 / order.Rate) : TimeSpan.Zero;
        _sending = order.Rate > 0
            ? Task.WhenAll(order.Frames.Select((entry, i) => SendAsync(
                entry.Key, entry.Value, period, period * i / order.Frames.Count, _stopping.Token)))
            : Task.CompletedTask;
    }

    private async Task SendAsync(
        string code, JsonElement like, TimeSpan period, TimeSpan offset, CancellationToken cancellation)
    {
        var rest = like.EnumerateObject().Where(property => !s_head.Contains(property.Name))
            .ToDictionary(property => property.Name, property => property.Value.Clone());
        await Task.Delay(offset, time, cancellation);
        using var timer = new PeriodicTimer(period, time);
        while (await timer.WaitForNextTickAsync(cancellation))
        {
            var to = _versions.AddOrUpdate(code, 2, static (_, version) => version + 1);
            var frame = new BareFrame(code, Epoch, to - 1, to, time.GetUtcNow()) { Rest = rest };
            await hub.Clients.Group(code).SendAsync("frame", frame, cancellation);
        }
    }
}

/// <summary>
/// ASP.NET Core SignalR with nothing of ours in it and every default as it is shipped, and Kestrel that reads a body
/// and answers as the product would: what the product is compared with, as a process of its own.
/// </summary>
internal static class BareServer
{
    public const string Verb = "bare-hub";
    public const string HubPath = "/hubs/bare";
    private const string OrderPath = "/order";
    private static readonly byte[] s_taken = "{\"accepted\":1,\"rejected\":[]}"u8.ToArray();

    public static async Task RunAsync(Uri url, TimeProvider time, CancellationToken cancellation)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton(time).AddSingleton<BareBroadcaster>().AddSignalR();
        await using var app = builder.Build();
        app.Urls.Add(url.ToString());
        app.MapHub<BareHub>(HubPath);
        app.MapPost(People.Positions.Path, (RequestDelegate)TakeAsync);
        app.MapGet("/healthz/ready", () => Results.Ok());
        app.MapPost(OrderPath, async (BareOrder order, BareBroadcaster broadcaster) =>
        {
            await broadcaster.GoByAsync(order);
            return Results.Ok();
        });
        await app.StartAsync(cancellation);
        await app.WaitForShutdownAsync(cancellation);
    }

    /// <summary>Starts it from this program as a process of its own, on a free port of 127.0.0.1.</summary>
    public static async Task<SiloProcess> StartAsync(CancellationToken cancellation)
    {
        var url = new Uri($"http://127.0.0.1:{SiloProcess.FreePort()}");
        var bare = SiloProcess.Start(
            SiloProcess.Dotnet(typeof(BareServer).Assembly.Location, null, Verb, "--urls", url.ToString()), url);
        try
        {
            await bare.ReadyAsync(cancellation);
            return bare;
        }
        catch
        {
            await bare.DisposeAsync();
            throw;
        }
    }

    /// <summary>From now on each area gets so many frames a second.</summary>
    public static async Task OrderAsync(
        SiloProcess bare, double rate, IReadOnlyDictionary<string, JsonElement> frames)
    {
        using var http = new HttpClient();
        using var response = await http.PostAsJsonAsync(new Uri(bare.Url, OrderPath), new BareOrder(rate, frames));
        response.EnsureSuccessStatusCode();
    }

    private static async Task TakeAsync(HttpContext context)
    {
        await context.Request.BodyReader.CopyToAsync(Stream.Null, context.RequestAborted);
        context.Response.StatusCode = StatusCodes.Status202Accepted;
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = s_taken.Length;
        await context.Response.BodyWriter.WriteAsync(s_taken, context.RequestAborted);
    }
}
