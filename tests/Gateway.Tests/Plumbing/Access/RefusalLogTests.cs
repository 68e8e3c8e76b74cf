using System.Net;
using GridMesh.Contracts.Access;
using GridMesh.Gateway.Plumbing.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace GridMesh.Gateway.Tests.Plumbing.Access;

public sealed class RefusalLogTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly List<string> _lines = [];
    private readonly RefusalLog _log;
    private int _status = 401;

    public RefusalLogTests() => _log = new RefusalLog(
        context =>
        {
            context.Response.StatusCode = _status;
            return Task.CompletedTask;
        },
        _time, new Lines(_lines));

    [Fact(DisplayName = "[AC12] who was refused is told with its event, and the same again once a minute with its count")]
    public async Task Again()
    {
        for (var i = 0; i < 5; i++)
            await AskAsync("192.0.2.1");

        _status = 403;
        await AskAsync("192.0.2.1", new Actor("d1", "d", Role.Viewer, default, null, []));
        _status = 200;
        await AskAsync("192.0.2.1");
        _lines.ShouldBe(
            ["4001 Refused 192.0.2.1 (stranger) with 401: GET no route",
                "4001 Refused d1 (Viewer) with 403: GET no route"]);
        _time.Advance(TimeSpan.FromMinutes(1));
        _status = 429;
        await AskAsync("192.0.2.1");
        _lines.Skip(2).ShouldBe(
            ["4002 Refused 192.0.2.1 (stranger) with 401: GET no route, 4 times more",
                "4001 Refused 192.0.2.1 (stranger) with 429: GET no route"]);
    }

    [Fact(DisplayName = "[AC12] however many are refused, a minute has a hundred lines")]
    public async Task Bounded()
    {
        for (var i = 0; i < 5_000; i++)
            await AskAsync($"192.0.{i / 250}.{i % 250}");

        _lines.Count.ShouldBe(RefusalLog.LinesMax);
        _time.Advance(TimeSpan.FromMinutes(1));
        await AskAsync("192.0.2.1");
        _lines[RefusalLog.LinesMax].ShouldBe($"4003 Refused {5_000 - RefusalLog.LinesMax} others in a minute");
    }

    private Task AskAsync(string address, Actor? me = null)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = IPAddress.Parse(address);
        context.Request.Method = "GET";
        if (me is not null)
            CurrentActor.Keep(context, new CurrentActor(me));

        return _log.InvokeAsync(context);
    }

    private sealed class Lines(List<string> lines) : ILogger<RefusalLog>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) =>
            lines.Add($"{eventId.Id} {formatter(state, exception)}");
    }
}
