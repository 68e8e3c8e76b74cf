using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using GridMesh.Gateway.Plumbing.Health;
using GridMesh.Product.Fixture;

namespace GridMesh.Gateway.Tests.Plumbing.Problems;

public sealed class ProblemTests(Product product)
{
    private readonly MeshApp _app = product.App;

    [Theory(DisplayName = "[PB1] whatever goes wrong is a problem with a stable code")]
    [InlineData("POST", "/api/v1/incidents", "{not json", "application/json", 400, "MalformedJson")]
    [InlineData("POST", "/api/v1/incidents", "{\"category\":7}", "application/json", 400, "ValidationFailed")]
    [InlineData("POST", "/api/v1/incidents", "", "application/json", 400, null)]
    [InlineData("POST", "/api/v1/incidents", "a=b", "application/x-www-form-urlencoded", 415, "MediaTypeNotSupported")]
    [InlineData("GET", "/api/v1/nonsense", null, null, 404, "RouteNotFound")]
    [InlineData("DELETE", "/api/v1/incidents", null, null, 405, "MethodNotAllowed")]
    [InlineData("POST", "/api/v1/incidents/rubbish/accept", "{}", "application/json", 400, "ValidationFailed")]
    [InlineData(
        "POST", "/api/v1/incidents/450105001001001-260101-0001/accept", "{}", "application/json", 404, "CaseNotFound")]
    [InlineData("GET", "/api/v1/incidents/450105001001001-260101-0001", null, null, 404, "CaseNotFound")]
    [InlineData("GET", "/api/v1/areas/45010", null, null, 400, "ValidationFailed")]
    [InlineData("GET", "/api/v1/areas/450105009", null, null, 404, "AreaIsUnknown")]
    [InlineData("GET", "/api/v1/incidents?from=rubbish", null, null, 400, "ValidationFailed")]
    public async Task Codes(string method, string path, string? body, string? type, int status, string? code)
    {
        var client = await _app.SignInAsync("dispatcher");
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue(type!));

        var answer = await client.SendAsync(request);
        ((int)answer.StatusCode).ShouldBe(status, await answer.Content.ReadAsStringAsync());
        var said = await answer.CodeAsync();
        if (code is not null)
            said.ShouldBe(code);
    }

    [Fact(DisplayName = "[BO1] a body over 1 MB and a batch over 1,000 items are refused")]
    public async Task TooLarge()
    {
        var client = await _app.SignInAsync("dispatcher");
        var large = await client.SendAsync(
            "incidents", new { category = "litter", description = new string('x', 1_000_001) });
        large.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await large.CodeAsync()).ShouldBe("BodyTooLarge");
        foreach (var path in new[] { "positions", "sensors/events" })
        {
            var many = await client.SendAsync(path, Enumerable.Range(0, 1_001).Select(_ => new { }));
            many.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
            (await many.CodeAsync()).ShouldBe("TooManyItems");
        }
    }

    [Fact(DisplayName = "[BO1] an idempotency key over 128 characters is refused")]
    public async Task LongKey()
    {
        var client = await _app.SignInAsync("dispatcher");
        var answer = await client.SendAsync(
            "incidents", new { category = "litter", description = "x" }, new string('k', 129));
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact(DisplayName = "[AC1] health, metrics, the description of the API, the pages' files and the public pages need no token")]
    public async Task OpenDoors()
    {
        foreach (var path in new[] { "/healthz", "/healthz/live", "/healthz/ready", "/metrics", "/openapi/v1.json", "/",
            "/config.json", "/public", "/public/report" })
            (await _app.Http.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.OK, path);

        (await _app.Http.GetStringAsync("/metrics")).ShouldContain("gridmesh_");
        (await _app.Http.GetStringAsync("/openapi/v1.json")).ShouldContain("/api/v1/incidents/{id}/dispatch");
    }

    [Fact(DisplayName = "[CF3] health and metrics tell the version of the build")]
    public async Task Version()
    {
        var health = await _app.Http.GetFromJsonAsync<System.Text.Json.JsonElement>("/healthz");
        (health.Text("status"), health.Text("version")).ShouldBe(("ready", ProductVersion.Text));
        (await _app.Http.GetStringAsync("/metrics")).ShouldContain($"service_version=\"{ProductVersion.Text}\"");
    }
}
