using GridMesh.Demo.Traffic;
using GridMesh.Demo.World;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace GridMesh.Demo.Tests.Traffic;

/// <summary>
/// The traffic of one community over the fake server. It answers at once and timers fire while the clock is moved, so
/// after each tick everything that can happen has happened: the test and the traffic are one thread.
/// </summary>
internal sealed record Stage(
    FakeServer Server, FakeTimeProvider Time, TrafficLife Life, Func<Task<TrafficLife>> BeginAgain)
{
    private static readonly Uri s_url = new("http://demo.test/");

    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(250);

    /// <summary>On a thread of the pool: there no context comes between an answer and who waits for it.</summary>
    public static Task PlayAsync(Action<DemoOptions> configure, Action<FakeServer> prepare, Func<Stage, Task> test) =>
        Task.Run(async () =>
    {
        var time = new FakeTimeProvider();
        using var server = new FakeServer(time);
        prepare(server);
        var options = new DemoOptions { CasesPerDay = 0, StartingCases = 0, StormEveryMinutes = 0 };
        configure(options);
        using var client = new TrafficClient(server, s_url, time, 1);
        async Task<TrafficLife> BeginAsync()
        {
            var life = new TrafficLife(
                new TrafficWorld(DistrictFixture.Community), client, options, new FailureLog(time, NullLogger.Instance),
                time);
            await life.ResumeAsync(CancellationToken.None);
            return life;
        }

        await test(new Stage(server, time, await BeginAsync(), BeginAsync));
    });

    public void Run(TimeSpan span)
    {
        for (var until = Time.GetUtcNow() + span; Time.GetUtcNow() < until;)
        {
            Time.Advance(s_tick);
            Life.Tick(CancellationToken.None);
        }
    }

    public IEnumerable<Seen> Posts(string end) =>
        Server.Requests.Where(seen => seen.Method == "POST" && seen.Path.EndsWith(end));
}
