using System.Net;
using System.Text.Json;
using GridMesh.Product.Fixture;

namespace GridMesh.Gateway.Tests.Open311;

public sealed class RequestTests(Product product)
{
    private readonly MeshApp _app = product.App;
    private readonly HttpClient _http = product.App.Http;

    [Fact(DisplayName = "[OP4] a request becomes a case like every report: its grid by the place, its source a resident, its severity by attribute")]
    public async Task Post()
    {
        var id = await _http.ReportedAsync(
            ("attribute[SEVERITY]", "Urgent"), ("first_name", "三"), ("phone", "13800001111"), ("description", "门口有垃圾"));
        var admin = await _app.SignInAsync("admin");
        var incident = await admin.GetJsonAsync($"incidents/{id}");
        (incident.Text("grid"), incident.Text("source"), incident.Text("severity"), incident.Text("category"))
            .ShouldBe((SmallDistrict.Grid, "Resident", "Urgent", "litter"));
        incident.Text("reporter").ShouldBe("三 138****1111");
        incident.GetProperty("history")[0].Text("by").ShouldBe("open311:development");

        var xml = await _http.PostAsync(
            ".xml", Open311Words.Report(("address_id", SmallDistrict.FarGrid), ("lat", null), ("long", null)));
        xml.StatusCode.ShouldBe(HttpStatusCode.Created);
        var request = System.Xml.Linq.XDocument.Parse(await xml.Content.ReadAsStringAsync()).Root!.Element("request")!;
        request.Element("service_request_id")!.Value.ShouldStartWith(SmallDistrict.FarGrid);
        request.Element("account_id")!.Value.ShouldBeEmpty();
    }

    [Fact(DisplayName = "[OP4] the same Idempotency-Key again is the same request")]
    public async Task Once()
    {
        var one = await (await _http.PostAsync("", Open311Words.Report(), "once-1")).JsonAsync();
        var again = await (await _http.PostAsync("", Open311Words.Report(), "once-1")).JsonAsync();
        var other = await (await _http.PostAsync("", Open311Words.Report(), "once-2")).JsonAsync();
        again.ToString().ShouldBe(one.ToString());
        other[0].Text("service_request_id").ShouldNotBe(one[0].Text("service_request_id"));
    }

    [Theory(DisplayName = "[OP4] what is wrong with a request is told field by field, an empty field counts as absent")]
    [InlineData("service_code", null, "service_code: is required")]
    [InlineData("service_code", "", "service_code: is required")]
    [InlineData("service_code", "nothing", "none of the services")]
    [InlineData("lat", null, "both or neither")]
    [InlineData("lat", "91", "WGS84")]
    [InlineData("lat", "north", "number of degrees")]
    [InlineData("long", "10.0", "no grid")]
    [InlineData("attribute[SEVERITY]", "Awful", "one of Normal, Urgent, Major")]
    [InlineData("attribute[COLOUR]", "red", "no attribute of this service")]
    [InlineData("media_url", "ftp://x/y.jpg", "media_url")]
    public async Task Wrong(string name, string? value, string fault)
    {
        var answer = await _http.PostAsync("", Open311Words.Report((name, value)));
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.JsonAsync()).EnumerateArray().Select(error => error.Text("description"))
            .ShouldContain(text => text.Contains(fault));
    }

    [Fact(DisplayName = "[OP4] everything that is wrong is told at once; an address alone is refused with what to send instead")]
    public async Task AllAtOnce()
    {
        var answer = await _http.PostAsync(
            "", Open311Words.Report(("service_code", "x"), ("lat", "x"), ("description", new string('x', 4_001))));
        (await answer.JsonAsync()).GetArrayLength().ShouldBeGreaterThanOrEqualTo(3);
        var address = await _http.PostAsync(
            "", Open311Words.Report(("lat", null), ("long", null), ("address_string", "民族大道 1 号")));
        address.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await address.JsonAsync())[0].Text("description").ShouldContain("address_id");
        var json = await _http.PostAsync(
            "/open311/v2/requests", new StringContent("{}", System.Text.Encoding.UTF8, "application/json"));
        json.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        (await json.JsonAsync())[0].GetProperty("code").GetInt32().ShouldBe(415);
    }

    [Fact(DisplayName = "[OP6] status, notes and times follow the case: expected is the handling deadline, the notes are the last word to the reporter")]
    public async Task UpdatesBack()
    {
        var id = await _http.ReportedAsync();
        var first = (await _http.ReadAsync($"requests/{id}.json"))[0];
        (first.Text("status"), first.Text("service_code"), first.Text("address_id"))
            .ShouldBe(("open", "litter", SmallDistrict.Grid));
        first.GetProperty("status_notes").ValueKind.ShouldBe(JsonValueKind.Null);
        first.GetProperty("expected_datetime").ValueKind.ShouldBe(JsonValueKind.Null);
        first.GetProperty("lat").ValueKind.ShouldBe(JsonValueKind.Number);
        first.Text("requested_datetime").ShouldEndWith("+08:00");

        var worker = await _app.SignInAsync("worker", SmallDistrict.Grid, SmallDistrict.WorkerOf(SmallDistrict.Grid));
        var incident = await worker.GetJsonAsync($"incidents/{id}");
        var due = (await worker.DoAsync(incident, "self-handle")).GetProperty("dueAt").GetDateTimeOffset();
        (await _http.ReadAsync($"requests/{id}"))[0].GetProperty("expected_datetime").GetDateTimeOffset()
            .ShouldBe(due, TimeSpan.FromSeconds(1));
        await worker.DoAsync(incident, "resolve", new { result = "清了" });
        await (await _app.SignInAsync("inspector")).DoAsync(incident, "inspect", new { pass = true });
        await (await _app.SignInAsync("dispatcher")).DoAsync(incident, "feedback", new { text = "已清理，电话 13912345678" });
        var closed = (await _http.ReadAsync($"requests/{id}"))[0];
        (closed.Text("status"), closed.Text("status_notes")).ShouldBe(("closed", "已清理，电话 ***"));
        closed.GetProperty("updated_datetime").GetDateTimeOffset()
            .ShouldBeGreaterThanOrEqualTo(first.GetProperty("updated_datetime").GetDateTimeOffset());

        var listed = (await _http.ReadAsync("requests?status=closed")).EnumerateArray()
            .Single(one => one.Text("service_request_id") == id);
        listed.ToString().ShouldBe(closed.ToString());
        var xml = (await _http.ReadXmlAsync($"requests/{id}.xml")).Element("request")!;
        xml.Elements().Select(field => field.Name.LocalName)
            .ShouldBe(closed.EnumerateObject().Select(field => field.Name));
        xml.Element("status_notes")!.Value.ShouldBe("已清理，电话 ***");
    }

    [Fact(DisplayName = "[OP5] what is read by everybody has nothing personal: no reporter, no telephone, no address, no picture")]
    public async Task NothingPersonal()
    {
        var id = await _http.ReportedAsync(
            ("first_name", "李四"), ("phone", "13700002222"), ("email", "lisi@example.org"),
            ("address_string", "幸福里 3 栋 502"),
            ("media_url", "https://example.org/p/face.jpg"),
            ("description", "垃圾堆放，请联系 13700002222 或 lisi@example.org\n谢谢"));
        var staff = await (await _app.SignInAsync("admin")).GetStringAsync($"/api/v1/incidents/{id}");
        foreach (var told in new[] { "李四", "137****2222", "幸福里 3 栋 502", "face.jpg" })
            staff.ShouldContain(told);

        foreach (var path in new[] { $"requests/{id}.json", $"requests/{id}.xml", "requests.json",
            $"requests?service_request_id={id}" })
        {
            var text = await _http.GetStringAsync($"/open311/v2/{path}");
            text.ShouldContain(id);
            foreach (var personal in new[] { "李四", "13700002222", "137****2222", "lisi@", "幸福里", "face.jpg" })
                text.ShouldNotContain(personal, Case.Sensitive, path);
        }

        (await _http.ReadAsync($"requests/{id}"))[0].Text("description").ShouldBe("垃圾堆放，请联系 *** 或 ***\n谢谢");
    }

    [Fact(DisplayName = "[OP5] of a line that is not public a number tells the status alone, and no list shows the case")]
    public async Task PrivateLine()
    {
        var id = await _http.ReportedAsync(("service_code", "dispute"), ("description", "邻里争吵"));
        var item = (await _http.ReadAsync($"requests/{id}"))[0];
        item.Text("status").ShouldBe("open");
        foreach (var hidden in new[] { "description", "lat", "long", "address", "address_id", "service_code",
            "service_name", "status_notes" })
            item.GetProperty(hidden).ValueKind.ShouldBe(JsonValueKind.Null, hidden);

        (await _http.GetStringAsync("/open311/v2/requests?service_code=dispute")).ShouldBe("[]");
    }

    [Fact(DisplayName = "[OP6] a number stands for itself where a token is asked for")]
    public async Task Tokens()
    {
        var id = await _http.ReportedAsync();
        (await _http.ReadAsync($"tokens/{id}.json"))[0].Text("service_request_id").ShouldBe(id);
        (await _http.ReadXmlAsync($"tokens/{id}.xml")).Element("request")!.Element("token")!.Value.ShouldBe(id);
    }
}
