using GridMesh.Contracts.Storage;

namespace GridMesh.Gateway.Health;

/// <summary>Whether this process should be sent requests. Red while it starts, drains or cannot write.</summary>
public sealed class Readiness(IHostApplicationLifetime lifetime)
{
    private volatile bool _isWarm;
    private int _isDraining;

    /// <summary>Called once the live tree stands.</summary>
    public void Warm() => _isWarm = true;

    /// <summary>Red from now on, though the doors are still open; false when it was so already.</summary>
    public bool TryDrain() => Interlocked.Exchange(ref _isDraining, 1) == 0;

    public string? NotReadyBecause => Volatile.Read(ref _isDraining) == 1 ? "draining"
        : lifetime.ApplicationStopping.IsCancellationRequested ? "stopping" : _isWarm ? null : "starting";
}

internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapGet("/healthz/live", () => Results.Text("live")).AllowAnonymous().ExcludeFromDescription();
        app.MapGet("/healthz/ready", ReadyAsync).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task<IResult> ReadyAsync(
        Readiness readiness, IStorageAdmin storage, CancellationToken cancellation)
    {
        var reason = readiness.NotReadyBecause
            ?? (await storage.IsHealthyAsync(cancellation) ? null : "storage unavailable");
        return reason is null
            ? Results.Text("ready")
            : Results.Text(reason, statusCode: StatusCodes.Status503ServiceUnavailable);
    }
}
