using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace GridMesh.Gateway.Tests.Accounts;

/// <summary>Keeps the events of a range of numbers, with their texts.</summary>
internal sealed class EventRecorder(int from, int to) : ILoggerProvider, ILogger
{
    public ConcurrentQueue<(int Number, string Text)> Events { get; } = new();

    public ILogger CreateLogger(string categoryName) => this;

    public void Dispose()
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        if (eventId.Id >= from && eventId.Id <= to)
            Events.Enqueue((eventId.Id, formatter(state, exception)));
    }
}
