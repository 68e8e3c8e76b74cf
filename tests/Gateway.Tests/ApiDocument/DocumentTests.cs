using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using GridMesh.Product.Fixture;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace GridMesh.Gateway.Tests.ApiDocument;

public sealed partial class DocumentTests(Product product)
{
    private readonly MeshApp _app = product.App;

    [Theory(DisplayName = "[AD1] every call that is mapped is described, and every call that is described is mapped")]
    [InlineData("v1", "^/(api/v1|auth|dev)/.*")]
    [InlineData("open311", @"^/open311/.*\.json$")]
    public async Task Same_calls(string document, string below)
    {
        var mapped = _app.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints)
            .OfType<RouteEndpoint>()
            .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [])
                .Select(
                    method => $"{method} {Constraint().Replace("/" + endpoint.RoutePattern.RawText!.Trim('/'), "}")}"))
            .Where(call => Regex.IsMatch(call.Split(' ')[1], below)).Distinct().Order(StringComparer.Ordinal);
        var described = (await SchemasAsync(document)).Paths
            .SelectMany(path => path.Value!.AsObject().Select(call => $"{call.Key.ToUpperInvariant()} {path.Key}"));
        described.Order(StringComparer.Ordinal).ShouldBe(mapped);
    }

    [Theory(DisplayName = "[AD2] every call has an id of its own, a tag, a summary, who may, and a shape for all that it answers")]
    [InlineData("v1")]
    [InlineData("open311")]
    public async Task Complete(string document)
    {
        var schemas = await SchemasAsync(document);
        var ids = new List<string>();
        foreach (var (path, name, call) in Calls(schemas))
        {
            ids.Add(call["operationId"]!.GetValue<string>());
            call["summary"]!.GetValue<string>().ShouldNotBeEmpty(path);
            call["tags"]!.AsArray().Count.ShouldBe(1, path);
            foreach (var (status, answer) in call["responses"]!.AsObject())
            {
                var content = schemas.Follow(answer!)["content"]?.AsObject();
                (content is not null || status == "204").ShouldBeTrue($"{name} {path} {status}");
                (content ?? []).ShouldAllBe(
                    one => one.Value!["schema"] != null && one.Value["schema"]!.AsObject().Count > 0);
            }

            foreach (var parameter in call["parameters"]?.AsArray() ?? [])
                parameter!["description"]!.GetValue<string>().ShouldNotBeEmpty($"{name} {path} {parameter["name"]}");
        }

        ids.ShouldBeUnique();
    }

    [Fact(DisplayName = "[AD2] without a token go those calls that say so, and no others")]
    public async Task Security()
    {
        var schemas = await SchemasAsync("v1");
        schemas.Document["security"]!.ToJsonString().ShouldBe("""[{"bearer":[]}]""");
        foreach (var (path, name, call) in Calls(schemas))
        {
            using var request = new HttpRequestMessage(
                new HttpMethod(name), path.Replace("{number}", "1").Replace("{", "").Replace("}", ""));
            var answer = await _app.Http.SendAsync(request);
            (answer.StatusCode == HttpStatusCode.Unauthorized).ShouldBe(call["security"] is null, $"{name} {path}");
            call["responses"]!.AsObject().ContainsKey("401").ShouldBe(call["security"] is null, $"{name} {path}");
        }
    }

    [Fact(DisplayName = "[AD3] bodies name what they have to have and no more, numbers are numbers, lists and times say so")]
    public async Task Shapes()
    {
        var shapes = (await SchemasAsync("v1")).Document["components"]!["schemas"]!;
        shapes["ReportBody"]!["required"]!.ToJsonString().ShouldBe("""["category","description"]""");
        shapes["GeoPoint"]!["properties"]!["lng"]!["type"]!.ToJsonString().ShouldBe("\"number\"");
        shapes["IncidentView"]!["properties"]!["history"]!["items"]!["$ref"]!.GetValue<string>()
            .ShouldEndWith("/HistoryEntry");
        var search = (await SchemasAsync("v1")).Paths["/api/v1/incidents"]!["get"]!["parameters"]!.AsArray();
        JsonNode Of(string name) => search.Single(one => one!["name"]!.GetValue<string>() == name)!["schema"]!;
        Of("step")["type"]!.GetValue<string>().ShouldBe("array");
        Of("from")["anyOf"]![0]!["format"]!.GetValue<string>().ShouldBe("date-time");
        Of("limit")["maximum"]!.GetValue<int>().ShouldBe(200);
        Of("cursor")["maxLength"]!.GetValue<int>().ShouldBePositive();
    }

    [Fact(DisplayName = "[AD3] commands take a key, what is made says where it is, and rules have versions")]
    public async Task Headers()
    {
        var paths = (await SchemasAsync("v1")).Paths;
        bool Takes(string path, string method, string header) => paths[path]![method]!["parameters"]!.AsArray()
            .Any(one => one!["name"]!.GetValue<string>() == header && one["in"]!.GetValue<string>() == "header");
        Takes("/api/v1/incidents/{id}/dispatch", "post", "Idempotency-Key").ShouldBeTrue();
        Takes("/api/v1/workers/{id}/shift", "post", "Idempotency-Key").ShouldBeTrue();
        Takes("/api/v1/standards", "put", "If-Match").ShouldBeTrue();
        paths["/api/v1/standards"]!["get"]!["responses"]!["200"]!["headers"]!["ETag"].ShouldNotBeNull();
        paths["/api/v1/incidents"]!["post"]!["responses"]!["201"]!["headers"]!["Location"].ShouldNotBeNull();
    }

    [Fact(DisplayName = "[AD3] every example is one of what it stands for")]
    public async Task Examples()
    {
        var schemas = await SchemasAsync("v1");
        var count = 0;
        foreach (var (name, shape) in schemas.Document["components"]!["schemas"]!.AsObject())
        {
            foreach (var example in shape!["examples"]?.AsArray() ?? [])
            {
                schemas.Fault(shape, example!.ToJsonString()).ShouldBeNull(name);
                count++;
            }
        }

        count.ShouldBeGreaterThan(10);
    }

    [Fact(DisplayName = "[AD4] an answer that is not described is seen: status, media type, field, code")]
    public async Task Comparison()
    {
        var schemas = await SchemasAsync("v1");
        const string path = "/api/v1/workers/{id}";
        const string problem = """{"type":"urn:gridmesh:problem:X","title":"X.","status":404,"code":"CODE"}""";
        const string worker = """{"id":"W","name":"W","grid":"450105001001001","role":"Worker","lines":[],"onDuty":true,"since":null,"position":null,"seenAt":null}""";
        Exchange Told(int status, string type, string body) => new("get", path, status, type, body, null);
        Told(200, "application/json", worker).Faults(schemas).ShouldBeEmpty();
        Told(404, "application/problem+json", problem.Replace("CODE", "WorkerIsUnknown")).Faults(schemas)
            .ShouldBeEmpty();
        Told(404, "application/problem+json", problem.Replace("CODE", "CaseNotFound")).Faults(schemas)
            .ShouldNotBeEmpty();
        Told(418, "application/problem+json", problem).Faults(schemas).ShouldNotBeEmpty();
        Told(200, "text/plain", worker).Faults(schemas).ShouldNotBeEmpty();
        Told(200, "application/json", worker.Replace("\"onDuty\":true", "\"onDuty\":\"yes\"")).Faults(schemas)
            .ShouldNotBeEmpty();
        Told(200, "application/json", worker.Replace("\"since\":null,", "")).Faults(schemas).ShouldNotBeEmpty();
        Told(200, "application/json", worker.Replace("{", "{\"more\":1,")).Faults(schemas).ShouldNotBeEmpty();
        new Exchange("get", "/api/v1/nothing", 200, null, "", null).Faults(schemas).ShouldNotBeEmpty();
    }

    [Fact(DisplayName = "[AD4] what was answered so far fits the description of the API")]
    public async Task So_far()
    {
        var client = await _app.SignInAsync("dispatcher");
        await client.ReportAsync();
        await client.GetAsync("/api/v1/incidents?limit=0");
        product.Recorder.Count.ShouldBePositive();
        product.Recorder.Faults(await SchemasAsync("v1")).ShouldBeEmpty();
    }

    [Fact(DisplayName = "[AD5] the page to read and try the API is the program's own: no other host is asked")]
    public async Task Page()
    {
        var answer = await _app.Http.GetAsync("/docs/api");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var page = await answer.Content.ReadAsStringAsync();
        Regex.Matches(page, "(?:src|href)=\"(https?:)?//").ShouldBeEmpty();
        answer.Headers.GetValues("Content-Security-Policy").Single().ShouldStartWith("default-src 'self';");
        var script = Regex.Match(page, "<script src=\"(?<path>[^\"]+)\"").Groups["path"].Value;
        (await _app.Http.GetAsync(new Uri(new Uri(_app.Url, "/docs/api/"), script))).StatusCode.ShouldBe(
            HttpStatusCode.OK, script);
        await using var without = await MeshApp.StartAsync(
            awaitReady: false, settings: "--GridMesh:Gateway:ApiPage=false");
        (await without.Http.GetAsync("/docs/api")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await without.Http.GetAsync("/openapi/v1.json")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    private static IEnumerable<(string Path, string Method, JsonObject Call)> Calls(ApiSchemas schemas) =>
        schemas.Paths.SelectMany(
            path => path.Value!.AsObject().Select(call => (path.Key, call.Key, call.Value!.AsObject())));

    private async Task<ApiSchemas> SchemasAsync(string document) =>
        new(await _app.Http.GetStringAsync($"/openapi/{document}.json"));

    [GeneratedRegex(@":\w+\}")]
    private static partial Regex Constraint();
}
