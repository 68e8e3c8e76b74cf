using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using GridMesh.Gateway.Tests.ApiDocument;
using GridMesh.Product.Fixture;

namespace GridMesh.Gateway.Tests.Fuzz;

/// <summary>
/// Calls of the description of the API with something wrong in them, by a seed, for some seconds; <c>./dev fuzz</c>
/// goes on for as long as it is told.
/// </summary>
public sealed partial class FuzzTests
{
    /// <summary>Set by <c>./dev fuzz</c>.</summary>
    private const string SecondsVariable = "GRIDMESH_FUZZ_SECONDS";
    private const string SeedVariable = "GRIDMESH_FUZZ_SEED";

    private const int SecondsDefault = 8;
    private const int SeedDefault = 1;
    private const int BodyMax = 60_000;

    /// <summary>No call takes longer, whatever is in it.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private static readonly string[] s_roles =
        ["admin", "dispatcher", "supervisor", "lead", "worker", "resident", "viewer"];

    [Fact(DisplayName = "[IN8] whatever is sent to whichever call, it is answered: never by a fault of ours, never in the words of the framework")]
    public async Task Answers()
    {
        await using var app = await MeshApp.StartAsync(settings:
            ["--GridMesh:Limits:TokenPerSecond=100000", "--GridMesh:Limits:TokenBurst=100000"]);
        var schemas = new ApiSchemas(await app.Http.GetStringAsync("/openapi/v1.json"));
        var calls = schemas.Paths.SelectMany(path => path.Value!.AsObject()
            .Where(call => call.Key is "get" or "post" or "put" or "delete")
            .Select(call => new Call(call.Key, path.Key, ExampleOf(schemas, call.Value!), QueryOf(call.Value!))))
                .ToList();
        calls.Count.ShouldBeGreaterThan(60);

        var seed = Number(SeedVariable, SeedDefault);
        var mutator = new Mutator(seed);
        var clients = new List<HttpClient>();
        foreach (var role in s_roles)
            clients.Add(
                await app.SignInAsync(
                    role, SmallDistrict.Code,
                    role is "worker" or "lead" ? SmallDistrict.WorkerOf(SmallDistrict.Grid) : null));

        var watch = Stopwatch.StartNew();
        var sent = 0;
        while (watch.Elapsed < TimeSpan.FromSeconds(Number(SecondsVariable, SecondsDefault)))
            await SendAsync(mutator.Pick(clients), mutator.Pick(calls), mutator, $"seed {seed}, call {sent++}");

        sent.ShouldBeGreaterThan(100);
        (await app.Http.GetAsync("/healthz/ready")).IsSuccessStatusCode.ShouldBeTrue($"alive after {sent} calls");
    }

    private static async Task SendAsync(HttpClient client, Call call, Mutator mutator, string where)
    {
        var path = Braces().Replace(
            call.Path, match => Uri.EscapeDataString(mutator.Chance(0.6) ? Known(match.Value) : Lone(mutator.Text())));
        var query = string.Join(
            '&',
            call.Query.Where(_ => mutator.Chance(0.4))
            .Select(name => $"{name}={Uri.EscapeDataString(Lone(mutator.Text()))}"));
        using var request = new HttpRequestMessage(
            new HttpMethod(call.Method.ToUpperInvariant()), path + (query.Length > 0 ? $"?{query}" : ""));
        if (call.Example is not null)
        {
            var json = mutator.Spoil(call.Example)?.ToJsonString() ?? "null";
            if (json.Length > BodyMax)
            {
                return; // Refused while it is still being sent: nothing would be read of the answer.
            }

            request.Content = new ByteArrayContent(
                Encoding.UTF8.GetBytes(mutator.Chance(0.05) ? json[..(json.Length / 2)] : json));
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        using var patience = new CancellationTokenSource(s_patience);
        using var answer = await client.SendAsync(request, patience.Token);
        var text = await answer.Content.ReadAsStringAsync(patience.Token);
        var told = $"{where}: {request.Method} {request.RequestUri} {await (request.Content?.ReadAsStringAsync() ?? Task.FromResult(""))} → {(int)answer.StatusCode} {text}";
        ((int)answer.StatusCode).ShouldBeLessThan(500, told);
        if ((int)answer.StatusCode >= 400)
        {
            answer.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json", told);
            Framework().IsMatch(text).ShouldBeFalse(told);
        }
    }

    /// <summary>Half a letter cannot be written into an address; what stands in a body has them.</summary>
    private static string Lone(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private static string Known(string braces) => braces switch
    {
        "{code}" => SmallDistrict.Grid,
        _ => "450105001001001-260101-0001",
    };

    private static JsonNode? ExampleOf(ApiSchemas schemas, JsonNode call)
    {
        if (call["requestBody"] is not { } body || schemas.Follow(body)["content"]?["application/json"] is not { } json)
            return null;

        return json["example"]?.DeepClone() ?? schemas.Follow(json["schema"]!)["example"]?.DeepClone()
            ?? new JsonObject { ["reason"] = "x" };
    }

    private static string[] QueryOf(JsonNode call) =>
        [.. (call["parameters"]?.AsArray() ?? []).Where(one => one!["in"]?.GetValue<string>() == "query")
            .Select(one => one!["name"]!.GetValue<string>())];

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var value) ? value
            : otherwise;

    [GeneratedRegex("{[^}]+}")]
    private static partial Regex Braces();

    [GeneratedRegex(@"System\.|Microsoft\.|Npgsql|SQLite|   at |JSON value could not|Exception\b")]
    private static partial Regex Framework();

    private sealed record Call(string Method, string Path, JsonNode? Example, string[] Query);
}
