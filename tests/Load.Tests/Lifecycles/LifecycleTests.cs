using System.Collections.Concurrent;
using GridMesh.Load.Clients;
using GridMesh.Load.Kills;
using GridMesh.Load.Lifecycles;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using GridMesh.Load.Runner.Contracts;
using GridMesh.Load.Runner.Contracts.Stats;
using GridMesh.Load.Runner.CSharp;

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
    public void Seven()
    {
        var stats = Run(iterations: 2);
        stats.Ok.Request.Count.ShouldBe(2);
        stats.StepStats.Select(step => step.StepName).ShouldBe(Lifecycle.Commands, ignoreOrder: true);
        stats.StepStats.ShouldAllBe(step => step.Ok.Request.Count == 2);
        _came.Take(7).Select(entry => entry.Path).ShouldBe(
        [
            "incidents", "incidents/C-1/dispatch", "incidents/C-1/accept", "incidents/C-1/resolve", "incidents/C-1/inspect",
            "incidents/C-1/feedback", "incidents/C-1/evaluate",
        ]);
        _came.Take(7).Select(entry => entry.Token).ShouldBe(
            ["Bearer worker", "Bearer dispatcher", "Bearer worker", "Bearer worker", "Bearer inspector", "Bearer dispatcher", "Bearer resident"]);
        _came.Select(entry => entry.Key).Distinct().Count().ShouldBe(14);
    }

    [Fact(DisplayName = "[LO44] a command that is refused ends its lifecycle, and its code is counted")]
    public void Refused()
    {
        _refused = "accept";
        var stats = Run(iterations: 3);
        stats.Fail.Request.Count.ShouldBe(3);
        stats.StepStats.Get("accept").Fail.StatusCodes.Get("OwnerMustAcceptFirst").Count.ShouldBe(3);
        stats.StepStats.Exists("resolve").ShouldBeFalse();
    }

    private ScenarioStats Run(int iterations)
    {
        using var client = new CommandClient(new Uri(_app.Urls.First()));
        var crew = new Crew("dispatcher", "inspector", "viewer", "resident", [new Member("450105001001001", "W1", "worker", true, ["litter"])]);
        var lifecycle = new Lifecycle(client, crew, seconds: null, TimeProvider.System);
        var scenario = Scenario.Create("lifecycle", lifecycle.RunAsync).WithoutWarmUp()
            .WithLoadSimulations(Simulation.IterationsForConstant(1, iterations));
        return NBomberRunner.RegisterScenarios(scenario).WithoutReports().DisplayConsoleMetrics(false).Run().ScenarioStats[0];
    }
}
