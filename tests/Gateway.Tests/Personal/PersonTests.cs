using System.Net;
using System.Text.Json;
using GridMesh.Product.Fixture;

namespace GridMesh.Gateway.Tests.Personal;

public sealed class PersonTests(Product product)
{
    private const string Grid = "450105002001002";

    private readonly MeshApp _app = product.App;

    [Fact(DisplayName = "[PD7, PD9] what names somebody is found by a dry run, erased where it is over, left where it is not, and on record")]
    public async Task Forgotten()
    {
        const string Phone = "13612340001";
        var dispatcher = await _app.SignInAsync("dispatcher", Grid);
        var (over, open) = (await ReportAsync(dispatcher, Phone), await ReportAsync(dispatcher, Phone));
        await dispatcher.DoAsync(over, "reject", new { reason = $"已致电 {Phone}" });
        (await (await dispatcher.SendAsync("persons/erase", Body(Phone, dryRun: true))).CodeAsync())
            .ShouldBe("RoleMayNot");

        var admin = await _app.SignInAsync("admin");
        var dry = await OkAsync(admin, Body("136-1234-0001", dryRun: true));
        Outcomes(dry).ShouldBe(
            [(over.Id(), "WouldGo", null), (open.Id(), "Left", "OnlyClosedCanBeErased")], ignoreOrder: true);
        (await admin.GetStringAsync($"/api/v1/incidents/{over.Id()}")).ShouldContain("老赵");

        Outcomes(await OkAsync(admin, Body(Phone)))
            .ShouldBe([(over.Id(), "Erased", null), (open.Id(), "Left", "OnlyClosedCanBeErased")], ignoreOrder: true);
        var said = await admin.GetStringAsync($"/api/v1/incidents/{over.Id()}");
        said.ShouldNotContain("老赵");
        said.ShouldNotContain("已致电");
        var erased = JsonDocument.Parse(said).RootElement;
        erased.Text("description").ShouldBe("[已删除 erased]");
        var fact = erased.GetProperty("history").EnumerateArray().Last();
        fact.Text("type").ShouldBe("CaseErased");
        fact.Text("person").ShouldBe(dry.Text("person"));
        fact.Text("person").ShouldNotContain("13612340001");
        (await admin.GetStringAsync($"/api/v1/incidents?q=老赵漏水{Phone[^4..]}")).ShouldNotContain(over.Id());
        Outcomes(await OkAsync(admin, Body(Phone, dryRun: true)))
            .ShouldBe([(open.Id(), "Left", "OnlyClosedCanBeErased")]);

        var record = await admin.GetJsonAsync("accesses?kind=Person&limit=1");
        record.GetProperty("items")[0].Text("subject").ShouldBe(dry.Text("person"));
    }

    [Fact(DisplayName = "[PD7] a service that is over is erased by its number, one that is open is left")]
    public async Task Service()
    {
        var resident = await _app.SignInAsync("resident");
        var asked =
            await (await resident.SendAsync(
                "services",
                new { grid = Grid, matter = "pension-check", mode = "AtHome", name = "孙奶奶", phone = "13612340002",
                    address = "9栋102" })).JsonAsync();
        var admin = await _app.SignInAsync("admin");
        Outcomes(await OkAsync(admin, new { id = asked.Id(), reason = "申请删除" }))
            .ShouldBe([(asked.Id(), "Left", "OnlyClosedCanBeErased")]);
        (await resident.SendAsync(
            $"services/{asked.Id()}/withdraw", new { token = asked.Text("token") })).StatusCode.ShouldBe(
                HttpStatusCode.OK);
        Outcomes(await OkAsync(admin, new { id = asked.Id(), reason = "申请删除" }))
            .ShouldBe([(asked.Id(), "Erased", null)]);
        var lead = await _app.SignInAsync("lead", Grid, SmallDistrict.WorkerOf(Grid));
        var text = await lead.GetStringAsync($"/api/v1/areas/{Grid}/services");
        text.ShouldContain(asked.Id());
        text.ShouldNotContain("孙奶奶");
        text.ShouldNotContain("9栋102");
    }

    [Fact(DisplayName = "[PD7] whom to forget is told by a value or an id, with a reason")]
    public async Task Fields()
    {
        var admin = await _app.SignInAsync("admin");
        foreach (var (body, field) in new (object, string)[]
        {
            (new { reason = "r" }, "value"), (new { value = "a", id = "b", reason = "r" }, "value"),
            (new { id = "nothing", reason = "r" }, "id"), (new { value = "a" }, "reason"),
        })
        {
            var answer = await admin.SendAsync("persons/erase", body);
            answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            (await answer.JsonAsync()).GetProperty("errors").EnumerateObject().Select(error => error.Name)
                .ShouldContain(field);
        }
    }

    [Fact(DisplayName = "[PD10] numbers are shown half to everybody, and whole to who may call, one by one and on record")]
    public async Task Halved()
    {
        const string Phone = "13612340003";
        var dispatcher = await _app.SignInAsync("dispatcher", Grid);
        var incident = await ReportAsync(dispatcher, Phone);
        await dispatcher.DoAsync(incident, "note", new { text = $"邻居 1 3 6 1 2 3 4 0 0 0 3 也来电" });
        var text = await dispatcher.GetStringAsync($"/api/v1/incidents/{incident.Id()}");
        text.ShouldNotContain(Phone);
        text.ShouldNotContain("1 3 6");
        text.ShouldContain("老赵 136****0003");
        text.ShouldContain("邻居 136****0003 也来电");

        var contact = await dispatcher.GetJsonAsync($"incidents/{incident.Id()}/reporter");
        contact.Text("reporter").ShouldBe($"老赵 {Phone}");
        var worker = await _app.SignInAsync("worker", Grid, SmallDistrict.WorkerOf(Grid, 2));
        (await (await worker.GetAsync($"/api/v1/incidents/{incident.Id()}/reporter")).CodeAsync())
            .ShouldBe("RoleMayNot");
        var viewer = await _app.SignInAsync("viewer");
        (await (await viewer.GetAsync($"/api/v1/incidents/{incident.Id()}/reporter")).CodeAsync())
            .ShouldBe("RoleMayNot");
        var inspector = await _app.SignInAsync("inspector");
        var record = await inspector.GetJsonAsync($"accesses?kind=Contact&subject={incident.Id()}");
        record.GetProperty("items").EnumerateArray().Select(one => one.Text("sub")).ShouldBe([$"dispatcher@{Grid}"]);
    }

    [Fact(DisplayName = "[PD8] who reported is put right at the desk, and who calls is told the right one")]
    public async Task Corrected()
    {
        var dispatcher = await _app.SignInAsync("dispatcher", SmallDistrict.OtherTown);
        var incident = await ReportAsync(dispatcher, "13612340004");
        await dispatcher.DoAsync(incident, "correct-reporter", new { reporter = "老钱 13612340005", reason = "记错" });
        (await dispatcher.GetJsonAsync($"incidents/{incident.Id()}/reporter")).Text("reporter")
            .ShouldBe("老钱 13612340005");
    }

    private static object Body(string value, bool dryRun = false) => new { value, reason = "本人申请", dryRun };

    private static async Task<JsonElement> OkAsync(HttpClient client, object body)
    {
        var answer = await client.SendAsync("persons/erase", body);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return await answer.JsonAsync();
    }

    private static (string, string, string?)[] Outcomes(JsonElement answer) =>
        [.. answer.GetProperty("items").EnumerateArray().Select(
            item => (item.Id(), item.Text("outcome"), item.GetProperty("why").GetString()))];

    private static async Task<JsonElement> ReportAsync(HttpClient client, string phone) =>
        await (await client.SendAsync("incidents", new
        {
            category = "litter", grid = Grid, description = $"老赵漏水{phone[^4..]}", reporter = $"老赵 {phone}",
            source = "Hotline",
        })).JsonAsync();
}
