using System.Collections.Immutable;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Storage;

namespace GridMesh.Gateway.Plumbing.Health;

/// <summary>Whether this process should be sent requests. Red while it starts, drains or cannot write.</summary>
public sealed class Readiness(IHostApplicationLifetime lifetime)
{
    /// <summary>Most areas that are named in one answer.</summary>
    private const int NamedMax = 20;

    private volatile bool _isWarm;
    private ImmutableArray<AreaCode> _absent = [];
    private int _isDraining;

    /// <summary>Called whenever the live tree was looked at: it stands, but for these areas.</summary>
    public void Warm(ImmutableArray<AreaCode> absent)
    {
        ImmutableInterlocked.InterlockedExchange(ref _absent, absent);
        _isWarm = true;
    }

    /// <summary>Red from now on, though the endpoints are still open; false when it was so already.</summary>
    public bool TryDrain() => Interlocked.Exchange(ref _isDraining, 1) == 0;

    public bool IsStarting => !_isWarm;

    public string? NotReadyBecause => Volatile.Read(ref _isDraining) == 1 ? "draining"
        : lifetime.ApplicationStopping.IsCancellationRequested ? "stopping" : _isWarm ? null : "starting";

    /// <summary>Says which areas cannot be woken; null while all live.</summary>
    public string? Incomplete => _absent is { IsEmpty: false } absent
        ? $"areas cannot be woken: {string.Join(", ", absent.Take(NamedMax))}"
            + (absent.Length > NamedMax ? $" and {absent.Length - NamedMax} more" : string.Empty)
        : null;
}

internal static class HealthEndpoints
{
    private const string Ready = "ready";

    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapGet("/healthz", StateAsync).AllowAnonymous().ExcludeFromDescription();
        app.MapGet("/healthz/live", () => Results.Text("live")).AllowAnonymous().ExcludeFromDescription();
        app.MapGet("/healthz/ready", ReadyAsync).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task<IResult> ReadyAsync(
        Readiness readiness, IStorageAdmin storage, CancellationToken cancellation)
    {
        var reason = await ReasonAsync(readiness, storage, cancellation);
        return Results.Text(reason ?? Ready, statusCode: StatusOf(reason));
    }

    /// <summary>The same as JSON, with the version that runs and the last time that its clock was set.</summary>
    private static async Task<IResult> StateAsync(
        Readiness readiness, ClockSteps clock, IStorageAdmin storage, CancellationToken cancellation)
    {
        var reason = await ReasonAsync(readiness, storage, cancellation);
        return Results.Json(
            new { Status = reason ?? Ready, Version = ProductVersion.Text, ClockStep = clock.Last },
            statusCode: StatusOf(reason));
    }

    /// <summary>Why nobody should be sent here; null when all is well.</summary>
    private static async Task<string?> ReasonAsync(
        Readiness readiness, IStorageAdmin storage, CancellationToken cancellation) => readiness.NotReadyBecause
        ?? (await storage.IsHealthyAsync(cancellation) ? readiness.Incomplete : "storage unavailable");

    private static int StatusOf(string? reason) =>
        reason is null ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
}
