using System.Net;
using System.Text.Json;
using GridMesh.Product.Fixture;

namespace GridMesh.Gateway.Tests.Incidents;

public sealed class MediationTests(Product product)
{
    private const string Grid = SmallDistrict.Neighbour;

    private static readonly DateTimeOffset s_held = DateTimeOffset.UnixEpoch;

    private readonly MeshApp _app = product.App;

    [Fact(DisplayName = "[ME1, ME2, ME3] a dispute is mediated and resolved; its parties are told to those who handle cases and to nobody else")]
    public async Task Life()
    {
        var worker = await _app.SignInAsync("worker", Grid, SmallDistrict.WorkerOf(Grid));
        var resident = await _app.SignInAsync("resident");
        var incident = await resident.ReportAsync(Grid, "dispute", description: "楼上漏水");
        await worker.DoAsync(incident, "self-handle");
        var named = await worker.DoAsync(incident, "parties", Parties, "parties");
        named.GetProperty("mediation").GetProperty("parties").GetArrayLength().ShouldBe(2);
        (await worker.DoAsync(incident, "parties", Parties, "parties")).GetProperty("version").GetInt64()
            .ShouldBe(named.GetProperty("version").GetInt64());
        (await (await worker.CommandAsync(incident, "resolve", new { result = "调解" })).CodeAsync())
            .ShouldBe("MediationIsOpen");
        await worker.DoAsync(incident, "mediations", Session("Adjourned"));
        (await (await worker.CommandAsync(incident, "resolve", new { result = "调解" })).CodeAsync())
            .ShouldBe("MediationIsOpen");
        await worker.DoAsync(incident, "mediations", Session("Agreed", "甲方赔偿王五三百元"));
        (await worker.DoAsync(incident, "resolve", new { result = "已调解" })).Text("step").ShouldBe("Inspecting");

        foreach (var role in new[] { "worker", "lead", "dispatcher", "supervisor" })
        {
            var insider = await _app.SignInAsync(role, Grid, SmallDistrict.WorkerOf(Grid, 2));
            (await insider.GetStringAsync($"/api/v1/incidents/{incident.Id()}")).ShouldContain("138****0001");
        }

        foreach (var (outsider, isTold) in new[] { (resident, false), (await _app.SignInAsync("viewer"), true) })
        {
            var text = await outsider.GetStringAsync($"/api/v1/incidents/{incident.Id()}");
            foreach (var secret in new[] { "张三丰", "13800000001", "李师傅", "双方到场", "王五" })
                text.ShouldNotContain(secret);

            var seen = JsonDocument.Parse(text).RootElement;
            seen.GetProperty("mediation").ValueKind.ShouldBe(JsonValueKind.Null);
            seen.GetProperty("history").EnumerateArray().Any(entry => entry.Text("type") == "MediationHeld")
                .ShouldBe(isTold);
        }

        var stranger = await _app.SignInAsync("resident", Grid);
        (await (await stranger.GetAsync($"/api/v1/incidents/{incident.Id()}")).CodeAsync()).ShouldBe("RoleMayNot");

        (await _app.Http.GetStringAsync($"/api/v1/public/incidents/{incident.Id()}")).ShouldNotContain("张三丰");
    }

    [Theory(DisplayName = "[ME1] what is said of parties and sessions is checked field by field")]
    [InlineData("parties", """{}""", "parties")]
    [InlineData("parties", """{"parties":[{"name":"a"}]}""", "parties")]
    [InlineData("parties", """{"parties":[{"name":"a"},{"name":""}]}""", "parties[1].name")]
    [InlineData("parties", """{"parties":[{"name":"a"},null]}""", "parties[1].name")]
    [InlineData("mediations", """{"mediator":"m","outcome":"Failed","text":"t"}""", "heldAt")]
    [InlineData("mediations", """{"heldAt":"2026-01-01T00:00:00Z","outcome":"Failed","text":"t"}""", "mediator")]
    [InlineData("mediations", """{"heldAt":"2026-01-01T00:00:00Z","mediator":"m","text":"t"}""", "outcome")]
    [InlineData(
        "mediations", """{"heldAt":"2026-01-01T00:00:00Z","mediator":"m","outcome":"Agreed","text":"t"}""",
        "agreement")]
    [InlineData(
        "mediations",
        """{"heldAt":"2026-01-01T00:00:00Z","mediator":"m","outcome":"Failed","text":"t","agreement":"a"}""",
        "agreement")]
    [InlineData("mediations", """{"heldAt":"2026-01-01T00:00:00Z","mediator":"m","outcome":"Failed"}""", "text")]
    public async Task Fields(string command, string body, string field)
    {
        var worker = await _app.SignInAsync("worker", Grid, SmallDistrict.WorkerOf(Grid));
        var incident = await worker.ReportAsync(Grid, "dispute");
        await worker.DoAsync(incident, "self-handle");
        var answer = await worker.CommandAsync(incident, command, JsonDocument.Parse(body).RootElement);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.JsonAsync()).GetProperty("errors").EnumerateObject().Select(error => error.Name)
            .ShouldBe([field]);
    }

    private static object Parties => new
    {
        parties =
            new[] { new { name = "张三丰", contact = "13800000001", role = "业主" },
                new { name = "王五", contact = "13800000002", role = "租户" } },
    };

    private static object Session(string outcome, string? agreement = null) =>
        new { heldAt = s_held, mediator = "李师傅", outcome, text = "双方到场", agreement };
}
