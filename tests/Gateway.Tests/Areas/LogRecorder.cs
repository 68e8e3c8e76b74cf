using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace GridMesh.Gateway.Tests.Areas;

/// <summary>Keeps what the framework's hub has to complain of.</summary>
public sealed class LogRecorder : ILoggerProvider
{
    public ConcurrentQueue<string> Complaints { get; } = new();

    public ILogger CreateLogger(string categoryName) =>
        new Log(this, categoryName.Contains("SignalR", StringComparison.Ordinal));

    public void Dispose()
    {
    }

    private sealed class Log(LogRecorder recorder, bool isHub) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => isHub && logLevel >= LogLevel.Warning;

        void ILogger.Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                recorder.Complaints.Enqueue($"{formatter(state, exception)} {exception}");
        }
    }
}
