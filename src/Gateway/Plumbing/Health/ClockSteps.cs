namespace GridMesh.Gateway.Plumbing.Health;

/// <summary>The wall's clock was set, and by how much: less than nothing is back.</summary>
internal sealed record ClockStep(DateTimeOffset At, double Seconds);

/// <summary>
/// Sees that the machine's clock was set: deadlines come late or early by as much, and facts of a case stand still at
/// its last one until the clock has come past it.
/// </summary>
internal sealed partial class ClockSteps : BackgroundService
{
    /// <summary>Less is the machine being busy, or a clock that is led gently.</summary>
    public static readonly TimeSpan StepMin = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _time;
    private readonly ILogger<ClockSteps> _log;
    private DateTimeOffset _seenAt;
    private long _stamp;

    public ClockSteps(TimeProvider time, ILogger<ClockSteps> log)
    {
        (_time, _log) = (time, log);
        (_seenAt, _stamp) = (time.GetUtcNow(), time.GetTimestamp());
    }

    /// <summary>The last one since the process began; null where there was none.</summary>
    public ClockStep? Last { get; private set; }

    /// <summary>Compares the clock with the time that has passed.</summary>
    public void Look()
    {
        var (now, stamp) = (_time.GetUtcNow(), _time.GetTimestamp());
        var step = now - _seenAt - _time.GetElapsedTime(_stamp, stamp);
        (_seenAt, _stamp) = (now, stamp);
        if (step.Duration() >= StepMin)
        {
            Last = new ClockStep(now, Math.Round(step.TotalSeconds, 1));
            LogStep(Last.Seconds);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_interval, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                Look();
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }

    [LoggerMessage(4200, LogLevel.Warning, "The clock of this machine was set by {Seconds} s")]
    private partial void LogStep(double seconds);
}
