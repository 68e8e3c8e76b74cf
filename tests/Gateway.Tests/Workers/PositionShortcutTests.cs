using System.Net;
using System.Net.Http.Headers;
using System.Text;
using GridMesh.Product.Fixture;

namespace GridMesh.Gateway.Tests.Workers;

public sealed class PositionShortcutTests(Product product)
{
    private const string Grid = SmallDistrict.Neighbour;

    [Fact(DisplayName = "[PR8] a phone's single position is answered ahead of the pipeline just as behind it")]
    public async Task SameAnswers()
    {
        var id = SmallDistrict.WorkerOf(Grid, 2);
        var worker = await product.App.SignInAsync("worker", Grid, id);
        var viewer = await product.App.SignInAsync("viewer", Grid);
        var point = SmallDistrict.PointIn(Grid);
        string One(string who, double lng, int secondsAgo) => FormattableString.Invariant(
            $$"""{"worker":"{{who}}","lng":{{lng}},"lat":{{point.Lat}},"at":"{{DateTimeOffset.UtcNow.AddSeconds(-secondsAgo):O}}"}""");

        await SameAsync(worker, $"[{One(id, point.Lng, 0)}]", HttpStatusCode.Accepted, "WorkerIsOffDuty");
        (await worker.SendAsync($"workers/{id}/shift", new { onDuty = true })).StatusCode.ShouldBe(HttpStatusCode.OK);
        await SameAsync(worker, $"[{One(id, point.Lng, 20)}]", HttpStatusCode.Accepted, "\"accepted\":1");
        await SameAsync(worker, $"[{One("nobody", point.Lng, 0)}]", HttpStatusCode.Accepted, "WorkerIsUnknown");
        await SameAsync(
            worker, $"[{One(SmallDistrict.WorkerOf(Grid), point.Lng, 0)}]", HttpStatusCode.Accepted,
            "OnlyTheWorkerOrItsLeadMay");
        await SameAsync(worker, $"[{One(id, 999, 0)}]", HttpStatusCode.Accepted, "ValidationFailed");
        await SameAsync(worker, $"[{One(id, point.Lng, -3600)}]", HttpStatusCode.Accepted, "PositionIsFromTheFuture");
        await SameAsync(
            worker, $"[{One(id, point.Lng, 12)},{One(id, point.Lng, 11)}]", HttpStatusCode.Accepted, "\"accepted\":2");
        await SameAsync(worker, $"[{One(id, point.Lng, 0)}", HttpStatusCode.BadRequest, "MalformedJson");
        await SameAsync(worker, One(id, point.Lng, 0), HttpStatusCode.BadRequest, "MalformedJson");
        await SameAsync(worker, "[]", HttpStatusCode.Accepted, "\"accepted\":0");
        await SameAsync(viewer, $"[{One(id, point.Lng, 0)}]", HttpStatusCode.Forbidden, "RoleMayNot");

        // Both ways lead to the same place: a later position by either is the worker's place now.
        (await PostAsync(worker, $"[{One(id, point.Lng + 0.0001, 1)}]", isWhole: true)).StatusCode.ShouldBe(
            HttpStatusCode.Accepted);
        (await worker.GetJsonAsync($"workers/{id}")).GetProperty("position").GetProperty("lng").GetDouble()
            .ShouldBe(point.Lng + 0.0001);
        (await worker.GetJsonAsync($"workers/{id}/track")).GetProperty("items").GetArrayLength().ShouldBe(4);
    }

    [Fact(DisplayName = "[AC7, PR8] ahead of the pipeline an unknown token is refused and a limit holds")]
    public async Task Guarded()
    {
        var client = new HttpClient { BaseAddress = product.App.Url };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "x.y.z");
        (await PostAsync(client, "[{}]", isWhole: true)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        await using var app = await MeshApp.StartAsync(
            services: MeshApp.StandStill,
            settings: ["GridMesh:Limits:TokenPerSecond=1", "GridMesh:Limits:TokenBurst=5"]);
        var id = SmallDistrict.WorkerOf(Grid);
        var worker = await app.SignInAsync("worker", Grid, id);
        var at = DateTimeOffset.UtcNow;
        var answers = new List<HttpResponseMessage>();
        for (var i = 0; i < 12; i++)
        {
            answers.Add(
                await PostAsync(
                    worker, $$"""[{"worker":"{{id}}","lng":108.3,"lat":22.8,"at":"{{at.AddSeconds(i - 20):O}}"}]""",
                    isWhole: true));
        }

        answers.Count(answer => answer.StatusCode == HttpStatusCode.Accepted).ShouldBe(5);
        var refused = answers.First(answer => answer.StatusCode == HttpStatusCode.TooManyRequests);
        refused.Headers.RetryAfter.ShouldNotBeNull();
        (await refused.CodeAsync()).ShouldBe("TooManyRequests");
    }

    private static async Task SameAsync(HttpClient client, string json, HttpStatusCode status, string part)
    {
        var (ahead, behind) =
            (await PostAsync(client, json, isWhole: true), await PostAsync(client, json, isWhole: false));
        ahead.StatusCode.ShouldBe(status, json);
        behind.StatusCode.ShouldBe(status, json);
        var (told, toldBehind) = (await ahead.Content.ReadAsStringAsync(), await behind.Content.ReadAsStringAsync());
        told.ShouldContain(part, Case.Sensitive, json);
        told.ShouldBe(toldBehind, json);
        ahead.Content.Headers.ContentType.ShouldBe(behind.Content.Headers.ContentType);
    }

    /// <param name="isWhole">With its length, as phones send it; else in chunks, which goes the way of all
    /// requests.</param>
    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, string json, bool isWhole)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/positions")
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(json)),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.TransferEncodingChunked = !isWhole;
        return await client.SendAsync(request);
    }
}
