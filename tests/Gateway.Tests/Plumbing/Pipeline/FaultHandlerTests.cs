using GridMesh.Contracts.Storage;
using GridMesh.Gateway.Plumbing.Pipeline;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace GridMesh.Gateway.Tests.Plumbing.Pipeline;

public sealed class FaultHandlerTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly List<(string Line, Exception? Stack)> _log = [];
    private readonly FaultHandler _handler;

    public FaultHandlerTests() => _handler = new FaultHandler(_time, new Lines(_log));

    [Fact(DisplayName = "[PB3] a store that is away is one line a minute without a stack, however many ask")]
    public async Task Expected()
    {
        for (var i = 0; i < 1_000; i++)
            (await FailAsync(new StorageUnavailableException("the database is away"))).ShouldBe(503);

        _log.Single().ShouldBe(
            ("GET /api/v1/x failed: StorageIsUnavailable: the database is away; 0 times more before", null));
        _time.Advance(TimeSpan.FromMinutes(1));
        await FailAsync(new StorageUnavailableException("the database is away"));
        _log[1].Line.ShouldEndWith("999 times more before");
    }

    [Fact(DisplayName = "[PB3] what nobody expected comes with its stack, each kind once a minute")]
    public async Task Unexpected()
    {
        for (var i = 0; i < 10; i++)
        {
            (await FailAsync(new InvalidOperationException("a bug"))).ShouldBe(500);
            await FailAsync(new FormatException("another"));
        }

        _log.Select(one => one.Stack?.Message).ShouldBe(["a bug", "another"]);
    }

    private async Task<int> FailAsync(Exception exception)
    {
        var context =
            new DefaultHttpContext { RequestServices = new ServiceCollection().AddLogging().BuildServiceProvider() };
        (context.Request.Method, context.Request.Path) = ("GET", "/api/v1/x");
        await _handler.TryHandleAsync(context, exception, CancellationToken.None);
        return context.Response.StatusCode;
    }

    private sealed class Lines(List<(string Line, Exception? Stack)> log) : ILogger<FaultHandler>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) =>
            log.Add((formatter(state, exception), exception));
    }
}
