using GridMesh.Contracts.Storage;

namespace GridMesh.Gateway.Plumbing.Access;

/// <summary>
/// Looks every second for what was called back or issued anywhere, and calls back what this process is told to. While
/// the database is away, what was known stays in force.
/// </summary>
internal sealed partial class TokenRefresh(
    ITokenStore store, LiveTokens live, TimeProvider time, ILogger<TokenRefresh> log) : BackgroundService
{
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private string? _stamp;
    private bool _isAway;

    /// <summary>Durable, and in force in this process when it answers; elsewhere within <see cref="Pause"/>.</summary>
    public async Task RevokeAsync(string id, DateTimeOffset endsAt, CancellationToken cancellation)
    {
        await store.RevokeAsync(id, time.GetUtcNow(), endsAt, cancellation);
        live.Revoke(id);
    }

    /// <summary>No endpoint opens before it is known who is shut out.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await LookAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Pause, time, stoppingToken);
            await TryLookAsync(stoppingToken);
        }
    }

    private async Task TryLookAsync(CancellationToken cancellation)
    {
        try
        {
            await LookAsync(cancellation);
            _isAway = false;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            if (!_isAway)
                LogAway(e.Message);

            _isAway = true;
        }
    }

    private async Task LookAsync(CancellationToken cancellation)
    {
        // Asked before the list is read: what comes in between is read again, and nothing is passed over.
        var stamp = await store.StampAsync(cancellation);
        if (stamp != _stamp)
        {
            live.Take(await store.ReadAsync(time.GetUtcNow(), cancellation));
            _stamp = stamp;
        }
    }

    [LoggerMessage(
        4009, LogLevel.Warning, "Tokens that are called back elsewhere cannot be looked for now: {Reason}")]
    private partial void LogAway(string reason);
}
