using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GridMesh.Load.Bare;

/// <summary>
/// ASP.NET Core SignalR with nothing of ours in it and every default as it is shipped: what the product's fan-out is
/// compared with, as a process of its own.
/// </summary>
internal static class BareServer
{
    public const string OrderPath = "/order";
    public const string ReadyPath = "/ready";

    public static async Task RunAsync(Uri url, TimeProvider time, CancellationToken cancellation)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton(time).AddSingleton<BareBroadcaster>();
        builder.Services.AddSignalR();
        await using var app = builder.Build();
        app.Urls.Add(url.ToString());
        app.MapHub<BareHub>(BareHub.Path);
        app.MapBareDoor();
        app.MapGet(ReadyPath, () => Results.Ok());
        app.MapPost(OrderPath, async (BareOrder order, BareBroadcaster broadcaster) =>
        {
            await broadcaster.GoByAsync(order);
            return Results.Ok();
        });
        await app.StartAsync(cancellation);
        await app.WaitForShutdownAsync(cancellation);
    }
}
