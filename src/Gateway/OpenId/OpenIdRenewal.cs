using GridMesh.Contracts.Access;
using GridMesh.Contracts.Storage;

namespace GridMesh.Gateway.OpenId;

/// <summary>
/// Renews sessions before what the issuer gave for them ends, whether or not anybody calls: a connection that only
/// listens ends with its session too. While the issuer is away, sessions go on.
/// </summary>
internal sealed partial class OpenIdRenewal(
    IAccountStore accounts, OpenIdSessions sessions, TimeProvider time, ILogger<OpenIdRenewal> log) : BackgroundService
{
    private const int AtOnceMax = 8;
    private const int DueMax = 200;

    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);

    private volatile bool _isAway;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(s_pause, time, stoppingToken);
            await TryAsync(
                async () =>
                {
                    var due = await accounts.ListDueAsync(time.GetUtcNow(), DueMax, stoppingToken);
                    await Parallel.ForEachAsync(
                        due,
                        new ParallelOptions { MaxDegreeOfParallelism = AtOnceMax, CancellationToken = stoppingToken },
                        (session, cancellation) => RenewAsync(session, cancellation));
                },
                stoppingToken);
        }
    }

    private async ValueTask RenewAsync(AccountSession session, CancellationToken cancellation) =>
        await TryAsync(
            async () =>
            {
                await sessions.RenewAsync(session, cancellation);
                _isAway = false;
            },
            cancellation);

    /// <summary>Said once, until it goes again.</summary>
    private async Task TryAsync(Func<Task> act, CancellationToken stopping)
    {
        try
        {
            await act();
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            if (!_isAway)
                LogAway(e.Message);

            _isAway = true;
        }
    }

    [LoggerMessage(4017, LogLevel.Warning, "The issuer cannot be asked about sessions now: {Reason}")]
    private partial void LogAway(string reason);
}
