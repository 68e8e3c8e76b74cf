using System.Net;
using System.Text.Json;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Incidents;
using GridMesh.Product.Fixture;
using Microsoft.Extensions.DependencyInjection;

namespace GridMesh.Gateway.Tests.Rules;

/// <summary>Each test has a product of its own: rules are the same for everybody in it.</summary>
public sealed class RuleTests : IAsyncLifetime
{
    private const string Graffiti = "graffiti,涂鸦,Graffiti,UrbanManagement,Normal,3,UrgentHour,发现即立案,清除,D-urban,,清除前后照片";

    private MeshApp _app = null!;
    private HttpClient _admin = null!;

    public async ValueTask InitializeAsync()
    {
        _app = await MeshApp.StartAsync();
        _admin = await _app.SignInAsync("admin");
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    [Fact(DisplayName = "[SD1, CL14] standards change while everything runs: a new category is reported at once, and an open case keeps its limit")]
    public async Task Standards()
    {
        var open = await AcceptedAsync(await _admin.ReportAsync(category: "cover"), finish: false);
        (await _admin.SendAsync("incidents", Body("graffiti"))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);

        var table = await _admin.GetTextAsync("standards.csv");
        const string After = "UrgentHour,发现即立案,恢复原状,D-urban,,";
        var next = $"{table.TrimEnd().Replace($",2,{After}", $",8,{After}")}\n{Graffiti}\n"
            .Replace(LineOf(table, "dispute"), "");
        var change = await _admin.ChangeAsync("standards", next);
        change.GetProperty("version").GetInt32().ShouldBe(2);
        change.Names("added").ShouldBe(["graffiti"]);
        change.Names("changed").ShouldBe(["cover"]);
        change.Names("removed").ShouldBe(["dispute"]);

        (await _admin.ReportAsync(category: "graffiti")).Text("line").ShouldBe("UrbanManagement");
        (await _admin.SendAsync("incidents", Body("dispute"))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await _admin.GetJsonAsync("categories")).EnumerateArray()
            .Single(one => one.Text("code") == "graffiti").Text("evidence").ShouldBe("清除前后照片");
        HoursGiven(await AcceptedAsync(open, finish: true)).ShouldBe(2);
        HoursGiven(await AcceptedAsync(await _admin.ReportAsync(category: "cover"), finish: true)).ShouldBe(8);
    }

    [Fact(DisplayName = "[SD1, SD2] a version that another process stored is in force within seconds; other areas and people wait for a restart, and are told")]
    public async Task FromElsewhere()
    {
        var old = SmallDistrict.Data;
        var grid = AreaCode.Parse("450105002002003");
        var store = _app.Services.GetRequiredService<IDirectoryStore>();
        await store.SaveAsync(
            old with
            {
                Areas = old.Areas.Add(old.Areas[^1] with { Code = grid }),
                Workers = old.Workers.RemoveAt(0),
                Standards = old.Standards.Add(old.Standards[0] with { Category = "graffiti" }),
                Calendar = [new CalendarDay(new DateOnly(2027, 1, 1), false, "元旦")],
            },
            new DirectoryOrigin("import", DirectoryOrigin.Package));
        await Eventually.TrueAsync(
            async () =>
                (await _admin.GetJsonAsync("rules")).GetProperty("version").GetInt32() == 2, "version 2 is in force");
        var rules = await _admin.GetJsonAsync("rules");
        rules.Names("waitsForRestart").ShouldBe(["areas", "workers"]);
        (rules.Text("by"), rules.Text("what"), rules.GetProperty("standards").GetInt32(),
            rules.GetProperty("calendarDays").GetInt32())
            .ShouldBe(("import", "package", 6, 1));
        await _admin.ReportAsync(category: "graffiti");
        (await _admin.GetAsync($"/api/v1/areas/{grid}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await _admin.GetJsonAsync($"workers/{old.Workers[0].Id}")).Text("id").ShouldBe(old.Workers[0].Id);

        // What is put now goes on from what is stored, not from what is alive.
        await _admin.ChangeAsync("calendar", "date,isWorkday,name\n");
        (await store.LoadAsync())!.Areas.ShouldContain(area => area.Code == grid);
    }

    [Fact(DisplayName = "[SD3] a table with faults is refused with every one by line and field, and nothing of it is done; a dry run does nothing either")]
    public async Task Faults()
    {
        var table = await _admin.GetTextAsync("standards.csv");
        var answer = await _admin.PutAsync(
            "standards", table.Replace(",1,WorkDay,", ",99,Fortnight,").Replace("smoke,", "litter,"));
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var errors = (await answer.JsonAsync()).GetProperty("errors");
        errors.GetProperty("line 2 limit")[0].GetString()!.ShouldContain("1-90");
        errors.GetProperty("line 2 clock")[0].GetString()!.ShouldContain("Fortnight");

        answer = await _admin.PutAsync("standards", table.Replace("smoke,", "litter,"));
        (await answer.JsonAsync()).GetProperty("errors").GetProperty("line 5 category")[0]
            .GetString()!.ShouldContain("第 2 行");
        (await (await _admin.PutAsync("standards", "x")).CodeAsync()).ShouldBe("ValidationFailed");
        (await (await _admin.PutAsync("standards", "{}", "application/json")).CodeAsync())
            .ShouldBe("MediaTypeNotSupported");
        (await _admin.PutAsync("standards", new string('x', 8_000_001))).StatusCode.ShouldBe(
            HttpStatusCode.RequestEntityTooLarge);

        var dry = await _admin.ChangeAsync("standards?dryRun=true", $"{table}{Graffiti}\n");
        (dry.GetProperty("dryRun").GetBoolean(), dry.GetProperty("version").GetInt32()).ShouldBe((true, 1));
        dry.Names("added").ShouldBe(["graffiti"]);
        dry.EnumerateObject().Select(part => part.Name).ShouldBe(["version", "dryRun", "added", "changed", "removed"]);
        (await _admin.GetTextAsync("standards.csv")).ShouldBe(table);
        (await _admin.ChangeAsync("standards", table)).GetProperty("version").GetInt32()
            .ShouldBe(1, "nothing is new in it");
        (await _admin.GetJsonAsync("rules")).GetProperty("latest").GetInt32().ShouldBe(1);
    }

    [Fact(DisplayName = "[SD4] whoever changes what another has changed meanwhile is refused")]
    public async Task TwoWriters()
    {
        var seen = (await _admin.GetAsync("/api/v1/calendar.csv")).Headers.ETag!.Tag;
        seen.ShouldBe("\"1\"");
        const string Mine = "date,isWorkday,name\n2027-01-01,false,元旦\n";
        (await _admin.PutAsync("calendar", Mine, ifMatch: seen)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var late = await _admin.PutAsync("calendar", "date,isWorkday,name\n", ifMatch: seen);
        (late.StatusCode, await late.CodeAsync()).ShouldBe((HttpStatusCode.Conflict, "RulesWereChanged"));
        (await _admin.GetJsonAsync("calendar")).GetArrayLength().ShouldBe(1);
        (await _admin.PutAsync("calendar", "date,isWorkday,name\n", ifMatch: "\"1\", \"2\"")).StatusCode.ShouldBe(
            HttpStatusCode.OK);
    }

    [Fact(DisplayName = "[SD5] an admin of everything changes rules; supervisors read them, with who changed what")]
    public async Task Who()
    {
        var supervisor = await _app.SignInAsync("supervisor", SmallDistrict.Town);
        var dispatcher = await _app.SignInAsync("dispatcher");
        var ofTown = await _app.SignInAsync("admin", SmallDistrict.Town);
        foreach (var endpoint in new[] { "rules", "rules/versions", "standards", "standards.csv", "calendar",
            "calendar.ics", "calendar.csv", "ladders", "ladders.csv" })
        {
            (await supervisor.GetAsync($"/api/v1/{endpoint}")).StatusCode.ShouldBe(HttpStatusCode.OK, endpoint);
            (await (await dispatcher.GetAsync($"/api/v1/{endpoint}")).CodeAsync()).ShouldBe("RoleMayNot", endpoint);
        }

        foreach (var endpoint in new[] { "standards", "calendar", "ladders" })
        {
            (await (await supervisor.PutAsync(endpoint, "x")).CodeAsync()).ShouldBe("RoleMayNot", endpoint);
            (await (await ofTown.PutAsync(endpoint, "x")).CodeAsync()).ShouldBe("AreaIsOutsideYourOwn", endpoint);
        }

        await _admin.ChangeAsync("calendar", "date,isWorkday,name\n2027-01-01,false,元旦\n");
        var versions = (await supervisor.GetJsonAsync("rules/versions")).EnumerateArray().ToArray();
        versions.Select(version => version.GetProperty("number").GetInt32()).ShouldBe([2, 1]);
        (versions[0].Text("by"), versions[0].Text("what")).ShouldBe(($"admin@{SmallDistrict.Code}", "calendar"));
        versions[0].GetProperty("savedAt").GetDateTimeOffset().ShouldBeGreaterThan(DateTimeOffset.UnixEpoch);
    }

    [Fact(DisplayName = "[SD6] the calendar is put as an iCalendar or a table, whole or for one year, and read as either")]
    public async Task Calendar()
    {
        const string Event = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:{0}\r\nDTEND;VALUE=DATE:{1}\r\nSUMMARY:元旦（{2}）\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
        var change = await _admin.ChangeAsync(
            "calendar", string.Format(Event, "20270101", "20270103", "休"), "text/calendar");
        change.Names("added").ShouldBe(["2027-01-01", "2027-01-02"]);
        var later = string.Format(Event, "20280108", "20280109", "班");
        (await _admin.PutAsync("calendar?year=2027", later, "text/calendar")).StatusCode.ShouldBe(
            HttpStatusCode.BadRequest);
        (await _admin.ChangeAsync("calendar?year=2028", later, "text/calendar")).Names("removed").ShouldBeEmpty();
        var table = await _admin.GetTextAsync("calendar.csv");
        table.ShouldContain("2027-01-02,false,元旦\n2028-01-08,true,元旦\n");
        var ics = await _admin.GetAsync("/api/v1/calendar.ics");
        ics.Content.Headers.ContentType!.MediaType.ShouldBe("text/calendar");
        (await _admin.ChangeAsync("calendar", await ics.Content.ReadAsStringAsync(), "text/calendar"))
            .GetProperty("version").GetInt32().ShouldBe(3, "it is the same calendar");
        var bad = await _admin.PutAsync("calendar", string.Format(Event, "20270101", "20270103", "?"), "text/calendar");
        (await bad.JsonAsync()).GetProperty("errors").TryGetProperty("line 5 SUMMARY", out _).ShouldBeTrue();
    }

    [Fact(DisplayName = "[SD8] ladders are put as a table or as JSON, and a case is filed with its own")]
    public async Task Ladders()
    {
        var before = await _admin.ReportAsync();
        const string Json = """[{"category":"litter","step":"Reported","after":30,"action":"Supervise","level":2},{"step":"Reported","after":5,"action":"Escalate"}]""";
        var change = await _admin.ChangeAsync("ladders", Json, "application/json");
        change.Names("added").ShouldBe(["litter * Reported+30 Supervise 2", "* * Reported+5 Escalate"]);
        var table = await _admin.GetTextAsync("ladders.csv");
        table.ShouldContain(",litter,,Reported,30,Supervise,2\n,,,Reported,5,Escalate,\n");
        (await _admin.ChangeAsync("ladders", table)).GetProperty("version").GetInt32().ShouldBe(2);
        (await _admin.GetJsonAsync("ladders"))[0].Text("category").ShouldBe("litter");

        Ladder(await _admin.ReportAsync())!.Value[0].GetString().ShouldBe("Reported+30 Supervise 2");
        Ladder(await _admin.ReportAsync(category: "cover"))!.Value[0].GetString().ShouldBe("Reported+5 Escalate");
        Ladder(before).ShouldBeNull();
        (await (await _admin.PutAsync("ladders", "{", "application/json")).CodeAsync()).ShouldBe("MalformedJson");
        (await (await _admin.PutAsync("ladders", "[null]", "application/json")).CodeAsync()).ShouldBe("MalformedJson");
        var bad = await _admin.PutAsync(
            "ladders", """[{"step":"Closed","after":1,"action":"Escalate"}]""", "application/json");
        (await bad.JsonAsync()).GetProperty("errors").TryGetProperty("line 2 step", out _).ShouldBeTrue();
        bad = await _admin.PutAsync(
            "standards",
            string.Join(
                '\n',
                (await _admin.GetTextAsync("standards.csv")).Split('\n').Where(line => !line.Contains("litter"))));
        (await bad.JsonAsync()).GetProperty("errors").TryGetProperty("file category", out _)
            .ShouldBeTrue("the ladders name it");
    }

    private static object Body(string category) =>
        new { category, description = "x", position = SmallDistrict.PointIn(SmallDistrict.Grid) };

    private static string LineOf(string table, string category) =>
        table.Split('\n').Single(line => line.StartsWith(category, StringComparison.Ordinal)) + "\n";

    private static JsonElement? Ladder(JsonElement incident) =>
        incident.GetProperty("history")[0].TryGetProperty("ladder", out var ladder)
            && ladder.ValueKind == JsonValueKind.Array
            ? ladder
            : null;

    private async Task<JsonElement> AcceptedAsync(JsonElement incident, bool finish)
    {
        var owner = SmallDistrict.WorkerOf(SmallDistrict.Grid);
        if (incident.Text("step") == nameof(Step.Reported))
            incident = await _admin.DoAsync(incident, "dispatch", new { owner });

        return finish
            ? await (await _app.SignInAsync("worker", SmallDistrict.Grid, owner)).DoAsync(incident, "accept")
            : incident;
    }

    private static double HoursGiven(JsonElement incident)
    {
        var accepted = incident.GetProperty("history").EnumerateArray()
            .Single(entry => entry.Text("type") == "IncidentAccepted");
        return (accepted.GetProperty("handleDue").GetDateTimeOffset() - accepted.GetProperty("at")
            .GetDateTimeOffset()).TotalHours;
    }
}
