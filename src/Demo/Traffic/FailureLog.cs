using Microsoft.Extensions.Logging;

namespace GridMesh.Demo.Traffic;

/// <summary>
/// Counts what goes wrong and says so at most once a minute: a server that restarts must not drown in words.
/// </summary>
internal sealed partial class FailureLog(TimeProvider time, ILogger log)
{
    private static readonly TimeSpan s_every = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private long _count;
    private string _last = "";
    private DateTimeOffset _next = DateTimeOffset.MinValue;

    public void Add(string what)
    {
        DemoMeter.Failures.Add(1);
        lock (_lock)
        {
            _count++;
            _last = what;
        }
    }

    /// <summary>Says what came together, if it is time to.</summary>
    public void Flush()
    {
        var now = time.GetUtcNow();
        lock (_lock)
        {
            if (_count == 0 || now < _next)
                return;

            LogFailures(_count, _last);
            (_count, _next) = (0, now + s_every);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Demo traffic: {Count} failures, the last one: {Last}")]
    private partial void LogFailures(long count, string last);
}
