using System.Net;
using System.Text;
using GridMesh.Client;
using GridMesh.Contracts.Letters;
using GridMesh.Gateway.Tests.Open311;
using GridMesh.Product.Fixture;
using Microsoft.AspNetCore.SignalR.Client;

namespace GridMesh.Gateway.Tests.Plumbing.Input;

public sealed class BodyTests(Product product)
{
    private readonly MeshApp _app = product.App;

    [Theory(DisplayName = "[IN3] a body's unknown field and one of another type are refused by name")]
    [InlineData("incidents", """{"category":"litter","descripton":"x"}""", "descripton")]
    [InlineData("incidents", """{"category":7}""", "category")]
    [InlineData("incidents", """{"category":"litter","position":{"lng":1,"lat":2,"alt":3}}""", "position.alt")]
    [InlineData("incidents", """{"category":"litter","position":{"lng":"east","lat":2}}""", "position.lng")]
    [InlineData("incidents", """{"category":"litter","position":"here"}""", "position")]
    [InlineData("incidents", """{"category":["litter"]}""", "category")]
    [InlineData("incidents/450105001001001-260101-0001/accept", """{"reason":"x"}""", "reason")]
    [InlineData("incidents/450105001001001-260101-0001/evaluate", """{"score":4.5}""", "score")]
    [InlineData("incidents/450105001001001-260101-0001/evaluate", """{"score":"good"}""", "score")]
    [InlineData("incidents/450105001001001-260101-0001/evaluate", """{"score":"5"}""", "score")]
    [InlineData("incidents", """{"category":"litter","position":{"lng":"108.3","lat":22.8}}""", "position.lng")]
    [InlineData("incidents/450105001001001-260101-0001/inspect", """{"pass":"yes"}""", "pass")]
    [InlineData("incidents/450105001001001-260101-0001/resolve", """{"result":"x","evidence":"a"}""", "evidence")]
    [InlineData(
        "incidents/450105001001001-260101-0001/resolve", """{"result":"x","evidence":["a",1]}""", "evidence[1]")]
    [InlineData(
        "areas/450105001001001/patrol-plans", """{"windows":[{"from":"08:00","until":"09:00"}]}""", "windows[0].until")]
    public async Task Refused(string path, string json, string field)
    {
        var admin = await _app.SignInAsync("admin");
        (await (await PostAsync(admin, path, json)).ErrorsAsync()).ShouldBe([field]);
    }

    [Fact(DisplayName = "[IN3] what is asked for is told beside what is not known")]
    public async Task Told()
    {
        var admin = await _app.SignInAsync("admin");
        var told = await (await PostAsync(admin, "incidents", """{"text":"x"}""")).Content.ReadAsStringAsync();
        told.ShouldContain("what is asked for is category, description, position", Case.Sensitive, told);
        (await (await PostAsync(admin, "incidents", """{"category":"lit""")).CodeAsync()).ShouldBe("MalformedJson");
        (await (await PostAsync(admin, "incidents", "[]")).CodeAsync()).ShouldBe("MalformedJson");
        var ladders = await admin.PutAsync("/api/v1/ladders", Json("""[{"level":1,"stop":"Handling"}]"""));
        (await ladders.ErrorsAsync()).ShouldBe(["[0].stop"]);
    }

    [Theory(DisplayName = "[IN7] a body that is none is told in the words of the API")]
    [InlineData("{\"category\"", "application/json")]
    [InlineData("", "application/json")]
    [InlineData("null", "application/json")]
    [InlineData("x", "text/plain")]
    public async Task Ours(string body, string type)
    {
        var admin = await _app.SignInAsync("admin");
        var answer = await admin.PostAsync("/api/v1/incidents", new StringContent(body, Encoding.UTF8, type));
        ((int)answer.StatusCode).ShouldBeInRange(400, 415);
        var told = await answer.Content.ReadAsStringAsync();
        foreach (var word in (string[])["System.", "ReportBody", "parameter", "LineNumber", "Path:"])
            told.ShouldNotContain(word);
    }

    [Theory(DisplayName = "[IN4] a time in a body says its zone")]
    [InlineData(
        "incidents/450105001001001-260101-0001/summon",
        """{"departments":["D-fire"],"by":"2026-12-01T10:00:00","reason":"x"}""", "by")]
    [InlineData(
        "incidents/450105001001001-260101-0001/summon", """{"departments":["D-fire"],"by":"2026-12-01","reason":"x"}""",
        "by")]
    [InlineData("incidents/450105001001001-260101-0001/mediations", """{"heldAt":"2026-12-01T10:00:00"}""", "heldAt")]
    [InlineData(
        "buildings/45010500100100100001/watches", """{"consent":{"by":"x","at":"2026-12-01T10:00:00"}}""",
        "consent.at")]
    public async Task NoZone(string path, string json, string field)
    {
        var admin = await _app.SignInAsync("admin");
        (await (await PostAsync(admin, path, json)).ErrorsAsync()).ShouldBe([field]);
    }

    [Theory(DisplayName = "[IN6] NUL and half of a letter are refused by their field")]
    [InlineData(
        "incidents", """{"category":"litter","description":"a\u0000b","grid":"450105001001001"}""", "description")]
    [InlineData(
        "incidents", """{"category":"litter","description":"a\ud842","grid":"450105001001001"}""", "description")]
    [InlineData(
        "incidents/450105001001001-260101-0001/resolve", """{"result":"x","evidence":["a\u0000"]}""", "evidence[0]")]
    [InlineData("workers/W4501050010010011/shift", """{"onDuty":false,"handTo":"\u0000"}""", "handTo")]
    public async Task Broken(string path, string json, string field)
    {
        var admin = await _app.SignInAsync("admin");
        (await (await PostAsync(admin, path, json)).ErrorsAsync()).ShouldBe([field]);
    }

    [Fact(DisplayName = "[IN6] a form with NUL is refused too")]
    public async Task Form()
    {
        var answer = await _app.Http.PostAsync(".json", Open311Words.Report(("description", "a\0b")));
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("a field of the form has NUL");
    }

    [Theory(DisplayName = "[IN6] a text is cut between letters")]
    [InlineData("abc", 3, "abc", "abc")]
    [InlineData("abcd", 3, "abc", "abc…")]
    [InlineData("ab\U00020BB7", 3, "ab", "ab…")]
    [InlineData("ab\U00020BB7", 4, "ab\U00020BB7", "ab\U00020BB7")]
    [InlineData("\U00020BB7b", 1, "", "…")]
    public void Cut(string text, int max, string cut, string shown)
    {
        WholeText.Cut(text, max).ShouldBe(cut);
        WholeText.Shorten(text, max).ShouldBe(shown);
    }

    [Fact(DisplayName = "[IN6] half of a letter and NUL are found wherever they stand")]
    public void Whole()
    {
        foreach (var text in (string[])["", "井盖\U00020BB7缺失\U0001F525", "\U00020BB7\U00020BB7"])
            WholeText.Is(text).ShouldBeTrue(text);

        foreach (var text in (string[])["a\0", "\ud842", "\ud842b", "\udfb7\ud842", "\U00020BB7\udfb7"])
            WholeText.Is(text).ShouldBeFalse();
    }

    [Fact(DisplayName = "[IN5] of positions what is wrong is told by index, code and field, and the rest is taken")]
    public async Task Positions()
    {
        const string Grid = SmallDistrict.FarGrid;
        var id = SmallDistrict.WorkerOf(Grid, 2);
        var admin = await _app.SignInAsync("admin");
        await admin.SendAsync($"workers/{id}/shift", new { onDuty = true });
        string At(int secondsAgo) => DateTimeOffset.UtcNow.AddSeconds(-secondsAgo).ToString("O");
        string One(string at) => $$"""{"worker":"{{id}}","lng":108.3,"lat":22.8,"at":"{{at}}"}""";
        var answer = await PostAsync(
            admin, "positions",
            $"[{One(At(9))},{One("2016-12-31T23:59:60Z")},{One("2026-12-01T04:10:00")},{One(At(3))}]");
        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var batch = await answer.JsonAsync();
        batch.GetProperty("accepted").GetInt32().ShouldBe(2);
        batch.GetProperty("rejected").EnumerateArray()
            .Select(one => (one.GetProperty("index").GetInt32(), one.Text("id"), one.Text("code"), one.Text("field")))
            .ShouldBe([(1, id, "ValidationFailed", "at"), (2, id, "ValidationFailed", "at")]);
        await admin.SendAsync($"workers/{id}/shift", new { onDuty = false });
    }

    [Fact(DisplayName = "[IN5] of devices' events what is wrong is told by index, code and field, and the rest is taken")]
    public async Task Events()
    {
        var admin = await _app.SignInAsync("admin");
        var now = DateTimeOffset.UtcNow.ToString("O");
        var door = $"door-{SmallDistrict.FarGrid}";
        var answer = await PostAsync(admin, "sensors/events", $$"""
            [{"device":"{{door}}","kind":"Door","at":"{{now}}"},
             {"device":"{{door}}","kind":"Door","at":"2026-12-01T04:10:00"},
             {"device":"{{door}}","kind":"Door,Smoke","at":"{{now}}"},
             {"device":"{{door}}","kind":"Door","at":"{{now}}","battery":{"level":[1]} },
             {"device":"a\u0000","kind":"Door","at":"{{now}}"},
             {"kind":"Door","at":"{{now}}"},
             null,
             {"device":"{{door}}","kind":"Door","at":"{{now}}","value":"high"},
             {"device":"{{door}}","kind":"Door"},
             {"device":"{{door}}","kind":"Door","at":"{{now}}"}]
            """);
        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted, await answer.Content.ReadAsStringAsync());
        var batch = await answer.JsonAsync();
        batch.GetProperty("accepted").GetInt32().ShouldBe(2);
        batch.GetProperty("rejected").EnumerateArray()
            .Select(one => (one.GetProperty("index").GetInt32(), one.Text("field")))
            .ShouldBe(
                [(1, "at"), (2, "kind"), (3, "battery"), (4, "device"), (5, "device"), (6, "device"), (7, "value"),
                    (8, "at")]);
        batch.GetProperty("rejected").EnumerateArray().ShouldAllBe(one => one.Text("code") == "ValidationFailed");
        (await (await PostAsync(admin, "sensors/events", "[{}")).CodeAsync()).ShouldBe("MalformedJson");
        (await (await PostAsync(admin, "sensors/events", "{}")).CodeAsync()).ShouldBe("MalformedJson");
    }

    [Theory(DisplayName = "[IN4, IN5] the hub takes a position like the API: with a zone, in its bounds")]
    [InlineData(108.3, "2026-12-01T04:10:00", null, "'at'")]
    [InlineData(108.3, "rubbish", null, "'at'")]
    [InlineData(208.3, "2026-12-01T04:10:00Z", null, "'lng'")]
    [InlineData(108.3, "2026-12-01T04:10:00Z", -1d, "'accuracy'")]
    [InlineData(108.3, "2026-12-01T04:10:00Z", null, "WorkerIsOffDuty")]
    public async Task Hub(double lng, string at, double? accuracy, string part)
    {
        const string Grid = "450105002001002";
        await using var hub = LiveView.Connect(
            _app.Url, await _app.TokenAsync("worker", Grid, SmallDistrict.WorkerOf(Grid)));
        await hub.StartAsync();
        (await Should.ThrowAsync<Exception>(
            () => hub.InvokeAsync("Position", lng, 22.8, at, accuracy))).Message.ShouldContain(part);
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, string path, string json) =>
        client.PostAsync($"/api/v1/{path}", Json(json));

    private static StringContent Json(string json) => new(json, Encoding.UTF8, "application/json");
}
