namespace GridMesh.Load.Tests.Lifecycles;

public sealed class LifecycleTests
{
    private readonly ConcurrentQueue<(string Path, string? Token, string? Key)> _came = new();
    private string _refused = "nothing";

    [Fact(DisplayName = "[LO44] a lifecycle is seven commands to one case, each a step, with a key of its own and the token of who may")]
    public async Task Seven()
    {
        var stats = await RunAsync(iterations: 2);
        stats.All.Ok.ShouldBe(2);
        stats.Steps.Select(step => step.Name)
            .ShouldBe(Lifecycle.Commands.Select(step => $"lifecycle / {step}"), ignoreOrder: true);
        stats.Steps.ShouldAllBe(step => step.Ok == 2);
        _came.Select(entry => entry.Path).Distinct().ShouldBe(
        [
            "incidents", "incidents/C-1/dispatch", "incidents/C-1/accept", "incidents/C-1/resolve",
            "incidents/C-1/inspect",
            "incidents/C-1/feedback", "incidents/C-1/evaluate",
        ]);
        _came.DistinctBy(entry => entry.Path).Select(entry => entry.Token).ShouldBe(
            ["Bearer worker", "Bearer dispatcher", "Bearer worker", "Bearer worker", "Bearer inspector",
                "Bearer dispatcher", "Bearer resident"]);
        _came.Select(entry => entry.Key).Distinct().Count().ShouldBe(14);
    }

    [Fact(DisplayName = "[LO44] a command that is refused ends its lifecycle, and its code is counted")]
    public async Task Refused()
    {
        _refused = "accept";
        var stats = await RunAsync(iterations: 3);
        stats.All.Failed.ShouldBe(3);
        stats.Steps.Single(step => step.Name == "lifecycle / accept").Codes.Single()
            .ShouldBe(new CodeFigure("OwnerMustAcceptFirst", true, 3, ""));
        stats.Steps.ShouldNotContain(step => step.Name == "lifecycle / resolve");
    }

    /// <summary>Against a product behind which nothing is: it notes what comes and answers as it was told.</summary>
    private async Task<ScenarioFigures> RunAsync(int iterations)
    {
        await using var product = await FakeProduct.StartAsync(
            api => api.MapPost("{**path}", (string path, HttpRequest request) =>
        {
            _came.Enqueue((path, request.Headers.Authorization, request.Headers["Idempotency-Key"]));
            return path.EndsWith(_refused, StringComparison.Ordinal)
                ? Results.Json(new { code = "OwnerMustAcceptFirst" }, statusCode: 409)
                : path == "incidents" ? Results.Created("/api/v1/incidents/C-1", new { }) : Results.Ok(new { });
        }));
        var crew = FakeProduct.Crew
            with { Members = [new Member("450105001001001", "W1", "worker", true, ["litter"])] };
        var scenario = new Scenario("lifecycle", new Lifecycle(product.Client, crew, TimeProvider.System).RunAsync)
            { Load = [Stretch.Open(iterations / 3d, TimeSpan.FromSeconds(3))] };
        using var run = new ScenarioRun(scenario, null, TimeSpan.FromMinutes(1), TimeProvider.System);
        await run.RunAsync();
        return run.Total();
    }
}
