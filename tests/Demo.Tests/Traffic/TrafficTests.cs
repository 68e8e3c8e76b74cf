using System.Net;
using System.Text.Json;
using GridMesh.Contracts.Clocks;
using GridMesh.Contracts.Directory;
using GridMesh.Demo.Traffic;
using GridMesh.Demo.World;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace GridMesh.Demo.Tests.Traffic;

public sealed class TrafficTests
{
    private const string Case = "450105001001001-261124-0001";

    private static readonly Uri s_url = new("http://demo.test/");

    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// The fake server answers at once and timers fire while the clock is moved, so after each tick everything that can
    /// happen has happened: the test and the traffic are one thread.
    /// </summary>
    private static void Until(Stage stage, Func<bool> holds, string what, int ticksMax = 40_000)
    {
        for (var tick = 0; tick < ticksMax && !holds(); tick++)
        {
            stage.Time.Advance(s_tick);
            stage.Life.Tick(CancellationToken.None);
        }

        holds().ShouldBeTrue(what);
    }

    private static void Run(Stage stage, TimeSpan span)
    {
        var until = stage.Time.GetUtcNow() + span;
        Until(stage, () => stage.Time.GetUtcNow() >= until, "time passes");
    }

    /// <summary>On a thread of the pool: there no context comes between an answer and who waits for it.</summary>
    private static Task PlayAsync(Action<DemoOptions>? configure, Action<FakeServer>? prepare, Action<Stage> test) =>
        Task.Run(async () =>
    {
        var time = new FakeTimeProvider();
        using var server = new FakeServer(time);
        prepare?.Invoke(server);
        var options = new DemoOptions { CasesPerDay = 0, StartingCases = 0, StormEveryMinutes = 0 };
        configure?.Invoke(options);
        using var client = new TrafficClient(server, s_url, time, 1);
        var failures = new FailureLog(time, NullLogger.Instance);
        var life = new TrafficLife(new TrafficWorld(DistrictFixture.Community), client, options, failures, time);
        await life.ResumeAsync(CancellationToken.None);
        test(new Stage(server, time, life));
    });

    private sealed record Stage(FakeServer Server, FakeTimeProvider Time, TrafficLife Life);

    [Fact(DisplayName = "[DE13] an open case is picked up where it is and driven to its end by those who may")]
    public Task Case_is_driven_on() =>
        PlayAsync(null, server => server.AddCase(Case, "Dispatched", "L450105001001001"), stage =>
    {
        var (server, time) = (stage.Server, stage.Time);
        Until(stage, () => server.Commands.Any(c => c.Path.EndsWith("/feedback")), "the reporter is told");
        var names = server.Commands.Select(command => command.Path.Split('/')[^1]).ToArray();
        names[0].ShouldBeOneOf("accept", "return");
        Array.IndexOf(names, "resolve").ShouldBeGreaterThan(Array.IndexOf(names, "accept"));
        Array.IndexOf(names, "inspect").ShouldBeGreaterThan(Array.IndexOf(names, "resolve"));
        var byName = server.Commands.ToLookup(command => command.Path.Split('/')[^1]);
        byName["inspect"].First().Token.ShouldBe("inspector.450105001");
        byName["feedback"].First().Token.ShouldBe("dispatcher.450105001");
        byName["resolve"].First().Token.ShouldStartWith("worker.450105");
        server.Commands.Where(command => command.Path.Contains(Case)).ShouldAllBe(command => command.Key != null);
    });

    [Fact(DisplayName = "[DE14] a busy or absent server is asked again with the same key, after pauses, and then it goes on")]
    public Task Commands_are_repeated() =>
        PlayAsync(null, server => server.AddCase(Case, "Feedback", "L450105001001001"), stage =>
    {
        var (server, time) = (stage.Server, stage.Time);
        var refusals = new Queue<HttpStatusCode>(
            [HttpStatusCode.ServiceUnavailable, HttpStatusCode.TooManyRequests, HttpStatusCode.Unauthorized]);
        server.Trouble = seen => !seen.Path.EndsWith("/feedback") ? null
            : refusals.TryDequeue(out var status) ? status
            : server.Requests.Count(r => r.Path.EndsWith("/feedback")) == 4 ? throw new HttpRequestException("gone")
                : null;
        Until(stage, () => server.Requests.Count(r => r.Path.EndsWith("/feedback")) == 5, "five attempts");
        var attempts = server.Requests.Where(r => r.Path.EndsWith("/feedback")).ToArray();
        attempts.Select(attempt => attempt.Key).Distinct().ShouldHaveSingleItem().ShouldNotBeNull();
        attempts.Select(attempt => attempt.Body).Distinct().ShouldHaveSingleItem();
        // After the 401 a new token was fetched.
        server.Requests.Count(
            r => r.Path == "/dev/tokens" && r.Body.Contains("dispatcher") && r.Body.Contains("450105001\""))
            .ShouldBe(2);
    });

    [Fact(DisplayName = "[DE15] whose shift runs goes on duty at once; positions come in batches within the bounds, of those on duty only")]
    public Task Workers_walk() => PlayAsync(null, null, stage =>
    {
        var (server, time) = (stage.Server, stage.Time);
        var china = ChinaTime.Local(time.GetUtcNow());
        var due = DistrictFixture.Community.Data.Workers.Where(worker =>
            ShiftPlan.Walks(worker) && ShiftPlan.IsRunning(worker, china)).Select(worker => worker.Id).ToHashSet();
        bool IsShift(Seen seen) => seen.Path.EndsWith("/shift");
        Until(stage, () => server.Requests.Count(IsShift) == due.Count, "all are on duty");
        server.Requests.Where(IsShift).Select(seen => seen.Path.Split('/')[4]).ToHashSet().SetEquals(due)
            .ShouldBeTrue();
        var from = server.Requests.Count;
        Run(stage, TimeSpan.FromSeconds(10));
        var batches = server.Requests.Skip(from).Where(seen => seen.Path == "/api/v1/positions").ToArray();
        var heard = new HashSet<string>();
        foreach (var batch in batches)
        {
            using var json = JsonDocument.Parse(batch.Body);
            json.RootElement.GetArrayLength().ShouldBeInRange(1, 1_000);
            foreach (var item in json.RootElement.EnumerateArray())
            {
                var id = item.GetProperty("worker").GetString()!;
                due.ShouldContain(id);
                DistrictFixture.View.Workers[id].Grid.Value.ShouldStartWith(batch.Token.Split('.')[1]);
                heard.Add(id);
            }
        }

        heard.SetEquals(due).ShouldBeTrue("everybody on duty is heard of within ten seconds");
        server.Requests.ShouldContain(seen => seen.Path == "/api/v1/sensors/events" && seen.Body.Contains("Door"));
    });

    [Fact(DisplayName = "[DE16] an empty store gets its starting stock within a minute; one with cases in it does not")]
    public async Task Stock_is_opened_once()
    {
        const int Stock = 40;
        await PlayAsync(options => options.StartingCases = Stock, null, stage =>
        {
            var (server, time) = (stage.Server, stage.Time);
            var from = time.GetUtcNow();
            Until(stage, () => server.Commands.Count(c => c.Path == "/api/v1/incidents") == Stock, "the stock is open");
            (time.GetUtcNow() - from).ShouldBeLessThan(TimeSpan.FromMinutes(1));
            server.Commands.Where(c => c.Path == "/api/v1/incidents").Select(c => c.Key).Distinct().Count()
                .ShouldBe(Stock);
        });
        await PlayAsync(options => options.StartingCases = Stock, server => server.AddCase(Case, "Evaluated"), stage =>
        {
            var (server, time) = (stage.Server, stage.Time);
            Run(stage, TimeSpan.FromMinutes(1));
            server.Commands.ShouldBeEmpty();
        });
    }

    [Fact(DisplayName = "[DE14] a server that stays away for minutes finds the traffic waiting when it is back")]
    public Task Long_absence_is_survived() =>
        PlayAsync(null, server => server.AddCase(Case, "Feedback", "L450105001001001"), stage =>
    {
        var (server, time) = (stage.Server, stage.Time);
        server.Trouble = _ => throw new HttpRequestException("gone");
        Run(stage, TimeSpan.FromMinutes(5));
        server.Trouble = _ => null;
        Until(stage, () => server.Commands.Any(c => c.Path.EndsWith("/feedback")), "the case goes on");
    });

    [Fact(DisplayName = "[DE13] the service waits for its address and a ready server, then runs until it is stopped")]
    public async Task Service_starts_when_it_can()
    {
        var time = new FakeTimeProvider();
        using var server = new FakeServer(time);
        var isReady = false;
        var running = new TaskCompletionSource();
        server.Trouble = seen =>
        {
            if (seen.Path == "/api/v1/positions")
                running.TrySetResult();

            return seen.Path == "/healthz/ready" && !isReady ? HttpStatusCode.ServiceUnavailable : null;
        };
        var options = new DemoOptions { Enabled = true, StartingCases = 0 };
        using var traffic = new DemoTraffic(new Fixed(), options, time, NullLogger<DemoTraffic>.Instance, server);
        await traffic.StartAsync(CancellationToken.None);
        await TicksAsync(() => false, 20);
        server.Requests.ShouldBeEmpty();
        options.ServedAt(s_url);
        await TicksAsync(() => server.Requests.Count > 3, TicksMax);
        server.Requests.ShouldAllBe(seen => seen.Path == "/healthz/ready");
        isReady = true;
        await TicksAsync(() => running.Task.IsCompleted, TicksMax);
        running.Task.IsCompleted.ShouldBeTrue();
        await traffic.StopAsync(CancellationToken.None);
        traffic.ExecuteTask!.IsCompletedSuccessfully.ShouldBeTrue();

        async Task TicksAsync(Func<bool> holds, int ticks)
        {
            for (var i = 0; i < ticks && !holds(); i++)
            {
                time.Advance(s_tick);
                await Task.Yield();
            }
        }
    }

    /// <summary>The service runs on threads of its own here, so ticks are given until it has done its part.</summary>
    private const int TicksMax = 1_000_000;

    private sealed class Fixed : IDirectory
    {
        public DirectoryView Current => DistrictFixture.Community;
    }
}
