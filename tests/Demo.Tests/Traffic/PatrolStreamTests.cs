using System.Text.Json;
using GridMesh.Contracts.Geo;
using GridMesh.Demo.Patrols;
using GridMesh.Demo.Traffic;
using GridMesh.Demo.World;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace GridMesh.Demo.Tests.Traffic;

public sealed class PatrolStreamTests
{
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(250);

    [Fact(DisplayName = "[DE18] the demo makes the plans that the server lacks, once, and walks them: most checkpoints in time, some by code")]
    public Task Walks() => Task.Run(async () =>
    {
        var time = new FakeTimeProvider();
        using var server = new FakeServer(time);
        using var client = new TrafficClient(server, new Uri("http://demo.test/"), time, 1);
        var world = new TrafficWorld(DistrictFixture.Community);
        var options = new DemoOptions { CasesPerDay = 0, StartingCases = 0, StormEveryMinutes = 0, Speed = 20 };
        var life = new TrafficLife(world, client, options, new FailureLog(time, NullLogger.Instance), time);
        await life.ResumeAsync(CancellationToken.None);
        var patrol = PatrolTable.For(world).Single(one => one.Name == PatrolTable.FireLanes);
        server.Requests.Count(seen => seen.Method == "POST" && seen.Path.EndsWith("/patrol-plans"))
            .ShouldBe(PatrolTable.For(world).Count);

        // Twenty minutes at twenty times the pace: seven hours of walking, within one window on the server's clock.
        for (var until = time.GetUtcNow() + TimeSpan.FromMinutes(20); time.GetUtcNow() < until;)
        {
            time.Advance(s_tick);
            life.Tick(CancellationToken.None);
        }

        var seen = Positions(server).ToArray();
        var reached = patrol.Checkpoints.Where(point => !point.ByCode)
            .Count(point => seen.Any(at => at.MetresTo(point.Position) <= point.Radius));
        reached.ShouldBeGreaterThanOrEqualTo(patrol.Checkpoints.Length - 2);
        server.Requests.Count(one => one.Path.EndsWith("/check-ins")).ShouldBe(1);
        server.Requests.Where(one => one.Path.EndsWith("/check-ins"))
            .ShouldAllBe(one => one.Body.Contains("\"code\":\"1.code\""));

        server.Requests.ShouldAllBe(
            one => one.Key == null || System.Text.Ascii.IsValid(one.Key), "a header takes ASCII only");
        var again = new TrafficLife(world, client, options, new FailureLog(time, NullLogger.Instance), time);
        await again.ResumeAsync(CancellationToken.None);
        server.Requests.Count(seen => seen.Method == "POST" && seen.Path.EndsWith("/patrol-plans"))
            .ShouldBe(PatrolTable.For(world).Count);
    });

    [Fact(DisplayName = "[DE18] a route is walked once in a window, nearest place first, and again in the next")]
    public void Route()
    {
        var patrol = PatrolTable.For(new TrafficWorld(DistrictFixture.Community))
            .First(one => one.Name == PatrolTable.FireLanes);
        var route = new PatrolRoute(patrol, new Random(1)) { PlanId = "P" };
        var morning = new DateTime(2026, 11, 24, 9, 30, 0);
        var visits = 0;
        for (var at = patrol.Checkpoints[0].At; route.Next(at, morning) is { } next; visits++)
        {
            route.Reach(next, next.At with { X = next.At.X + PatrolRoute.ReachMetres + 1 }).ShouldBeNull();
            route.Reach(next, next.At).ShouldBe(next);
            at = next.At;
        }

        visits.ShouldBeInRange(patrol.Checkpoints.Length - 1, patrol.Checkpoints.Length);
        route.Next(patrol.Checkpoints[0].At, morning.AddHours(2)).ShouldBeNull();
        route.Next(patrol.Checkpoints[0].At, morning.AddHours(3)).ShouldNotBeNull();
    }

    private static IEnumerable<GeoPoint> Positions(FakeServer server) => server.Requests
        .Where(seen => seen.Path.EndsWith("/positions"))
        .SelectMany(seen => JsonDocument.Parse(seen.Body).RootElement.EnumerateArray())
        .Select(item => new GeoPoint(item.GetProperty("lng").GetDouble(), item.GetProperty("lat").GetDouble()));
}
