using System.Collections.Concurrent;
using GridMesh.Load.Kills;
using GridMesh.Load.Lifecycles;

namespace GridMesh.Load.Tests.Lifecycles;

/// <summary>A door of HTTP behind which nothing is: it notes what comes and answers as it was told.</summary>
public sealed class LifecycleTests : IAsyncLifetime
{
    private readonly ConcurrentQueue<(string Path, string? Token, string? Key)> _came = new();
    private readonly WebApplication _app;
    private string _refused = "nothing";

    public LifecycleTests()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapPost("/api/v1/{**path}", (string path, HttpRequest request) =>
        {
            _came.Enqueue((path, request.Headers.Authorization, request.Headers["Idempotency-Key"]));
            return path.EndsWith(_refused, StringComparison.Ordinal)
                ? Results.Json(new { code = "OwnerMustAcceptFirst" }, statusCode: 409)
                : path == "incidents" ? Results.Created("/api/v1/incidents/C-1", new { }) : Results.Ok(new { });
        });
    }

    public async ValueTask InitializeAsync() => await _app.StartAsync();

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    [Fact(DisplayName = "[LO44] a lifecycle is seven commands to one case, each a step, with a key of its own and the token of who may")]
    public async Task Seven()
    {
        var stats = await RunAsync(iterations: 2);
        stats.Ok.Request.Count.ShouldBe(2);
        stats.StepStats.Select(step => step.StepName).ShouldBe(Lifecycle.Commands, ignoreOrder: true);
        stats.StepStats.ShouldAllBe(step => step.Ok.Request.Count == 2);
        _came.Select(entry => entry.Path).Distinct().ShouldBe(
        [
            "incidents", "incidents/C-1/dispatch", "incidents/C-1/accept", "incidents/C-1/resolve", "incidents/C-1/inspect",
            "incidents/C-1/feedback", "incidents/C-1/evaluate",
        ]);
        _came.DistinctBy(entry => entry.Path).Select(entry => entry.Token).ShouldBe(
            ["Bearer worker", "Bearer dispatcher", "Bearer worker", "Bearer worker", "Bearer inspector", "Bearer dispatcher", "Bearer resident"]);
        _came.Select(entry => entry.Key).Distinct().Count().ShouldBe(14);
    }

    [Fact(DisplayName = "[LO44] a command that is refused ends its lifecycle, and its code is counted")]
    public async Task Refused()
    {
        _refused = "accept";
        var stats = await RunAsync(iterations: 3);
        stats.Fail.Request.Count.ShouldBe(3);
        stats.StepStats.Single(step => step.StepName == "accept").Fail.StatusCodes.Single().ShouldBe(new StatusCodeStats("OwnerMustAcceptFirst", "", 3));
        stats.StepStats.ShouldNotContain(step => step.StepName == "resolve");
    }

    private async Task<ScenarioStats> RunAsync(int iterations)
    {
        using var client = new MeshClient(new Uri(_app.Urls.First()));
        var crew = new Crew("dispatcher", "inspector", "viewer", "resident", [new Member("450105001001001", "W1", "worker", true, ["litter"])]);
        var scenario = Scenario.Create("lifecycle", new Lifecycle(client, crew, TimeProvider.System).RunAsync)
            .WithLoadSimulations(Simulation.Inject(iterations, TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(3)));
        using var run = new ScenarioRun(scenario, null, TimeSpan.FromMinutes(1), TimeProvider.System);
        await run.RunAsync();
        return run.Total();
    }
}
