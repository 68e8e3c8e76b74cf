using System.Net;
using System.Text.Json;
using GridMesh.Gateway.Tests.Evidence;
using GridMesh.Gateway.Tests.Incidents;
using GridMesh.Product.Fixture;

namespace GridMesh.Gateway.Tests.Residents;

public sealed class ReportTests(Product product)
{
    private const string Form = "/public/report";

    private static readonly (string, string) s_litter = ("category", "litter");
    private static readonly (string, string) s_grid = ("grid", SmallDistrict.Grid);

    private readonly MeshApp _app = product.App;

    [Fact(DisplayName = "[PG3, PG8] without a script a resident reads the list, reports with a photo, follows by the number and rates with the receipt")]
    public async Task Day()
    {
        using var me = Resident.Of(_app);
        (await me.OpenAsync("/public")).Page.ShouldContain("上报问题");
        await me.OpenAsync(Form);
        await me.SendAsync(
            Pictures.Corner(64, 64), s_litter, s_grid, ("description", "桥下有垃圾，找 13812345678"), ("address", "学校后门"),
            ("name", "王芳"), ("phone", "0771-1234567"));
        me.Status.ShouldBe(HttpStatusCode.OK, me.Page);
        var (number, receipt) = (me.Number, me.Receipt);
        me.Here.ShouldStartWith($"/public/cases/{number}");
        receipt.Length.ShouldBe(8);
        me.Step.ShouldBe("Reported");

        var dispatcher = await _app.SignInAsync("dispatcher");
        var incident = await dispatcher.GetJsonAsync($"incidents/{number}");
        incident.Text("source").ShouldBe("Resident");
        incident.Text("description").ShouldContain("学校后门");
        incident.GetProperty("photos").GetArrayLength().ShouldBe(1);
        incident.GetProperty("history")[0].Text("by").ShouldBe("open311:development");

        using var other = Resident.Of(_app, "en-GB");
        await other.OpenAsync($"/public/cases?id=%20{number}%20");
        other.Here.ShouldBe($"/public/cases/{number}");
        await CloseAsync(_app, incident);
        await other.OpenAsync(other.Here);
        (other.Step, other.Page.Contains("已清走", StringComparison.Ordinal)).ShouldBe(("Closed", true));
        await other.SendAsync(("score", "1"), ("code", "AAAAAAAA"));
        (other.Status, string.Join(' ', other.Faults)).ShouldBe((HttpStatusCode.BadRequest, "code"));
        await me.OpenAsync($"/public/cases/{number}");
        await me.SendAsync(("comment", "很快"));
        string.Join(' ', me.Faults).ShouldBe("score");
        await me.SendAsync(("score", "5"), ("comment", "很快"));
        (me.Status, me.Step).ShouldBe((HttpStatusCode.OK, "Evaluated"));
        me.Page.ShouldContain("5 分");
        (await dispatcher.GetJsonAsync($"incidents/{number}")).GetProperty("evaluation").GetInt32().ShouldBe(5);
    }

    [Fact(DisplayName = "[PG8] whoever was given the receipt rates from another browser, as it was written down; the number alone rates nothing")]
    public async Task Receipt()
    {
        using var me = Resident.Of(_app);
        await me.OpenAsync(Form);
        await me.SendAsync(s_litter, s_grid);
        var (number, receipt) = (me.Number, me.Receipt);
        var dispatcher = await _app.SignInAsync("dispatcher");
        await CloseAsync(_app, await dispatcher.GetJsonAsync($"incidents/{number}"));
        using var other = Resident.Of(_app);
        await other.OpenAsync($"/public/cases/{number}");
        await other.SendAsync(("score", "4"));
        string.Join(' ', other.Faults).ShouldBe("code");
        await other.SendAsync(("score", "4"), ("code", $" {receipt[..4].ToLowerInvariant()}-{receipt[4..]}"));
        other.Step.ShouldBe("Evaluated");
    }

    [Fact(DisplayName = "[PG4] nothing on the pages tells who reported, an address or a number, and of other lines nothing but the state")]
    public async Task Personal()
    {
        using var me = Resident.Of(_app);
        foreach (var category in (string[])["litter", "dispute"])
        {
            await me.OpenAsync(Form);
            await me.SendAsync(
                ("category", category), s_grid, ("description", $"{category} 赵六打 13912345678"), ("address", "幸福路 7 号"),
                ("name", "张小明"), ("phone", "13700000001"));
            var number = me.Number;
            number.ShouldNotBeEmpty(me.Page);
            using var other = Resident.Of(_app);
            foreach (var path in (string[])[$"/public/cases/{number}", "/public?state=open&page=1"])
            {
                await other.OpenAsync(path);
                foreach (var secret in (string[])["13912345678", "幸福路", "张小明", "13700000001"])
                    other.Page.ShouldNotContain(secret);
            }

            other.Page.Contains(number, StringComparison.Ordinal).ShouldBe(category == "litter");
            other.Page.ShouldNotContain("dispute 赵六");
        }
    }

    [Theory(DisplayName = "[PG6] everything that is wrong is said beside its field in the visitor's language, and all that was typed stays")]
    [InlineData("zh-CN", "请填写有效的电话号码")]
    [InlineData("en-GB", "That is no telephone number")]
    [InlineData("fr, en;q=0.5, zh;q=0.4", "That is no telephone number")]
    public async Task Faults(string language, string said)
    {
        using var me = Resident.Of(_app, language);
        await me.OpenAsync(Form);
        await me.SendAsync(("phone", "12"), ("description", "<b>垃圾</b>"), ("address", "桥\"下"));
        me.Status.ShouldBe(HttpStatusCode.BadRequest);
        string.Join(' ', me.Faults).ShouldBe("category grid phone");
        me.Page.ShouldContain(said);
        me.Page.ShouldContain("&lt;b&gt;垃圾&lt;/b&gt;");
        me.Page.ShouldContain("value=\"桥&quot;下\"");
        await me.SendAsync("no picture"u8.ToArray(), s_litter, s_grid, ("description", "还在"));
        string.Join(' ', me.Faults).ShouldBe("photo");
        me.Page.ShouldContain("还在");
        await me.SendAsync(s_litter, ("lng", "1"), ("lat", "1"));
        string.Join(' ', me.Faults).ShouldBe("grid");
    }

    [Fact(DisplayName = "[PG5] a report has the place where the device is or the map was touched, else the grid that was chosen")]
    public async Task Place()
    {
        using var me = Resident.Of(_app);
        var point = SmallDistrict.PointIn(SmallDistrict.FarGrid);
        await me.OpenAsync(Form);
        await me.SendAsync(s_litter, s_grid, ("lng", FormattableString.Invariant($"{point.Lng}")),
            ("lat", FormattableString.Invariant($"{point.Lat}")));
        me.Number.ShouldStartWith(SmallDistrict.FarGrid);
        await me.OpenAsync(Form);
        await me.SendAsync(s_litter, s_grid);
        me.Number.ShouldStartWith(SmallDistrict.Grid);
    }

    [Fact(DisplayName = "[PG7] a form that is sent twice is one case; the next form is another")]
    public async Task Twice()
    {
        using var me = Resident.Of(_app);
        var form = (await me.OpenAsync(Form)).Page;
        form.ShouldContain("name=\"sent\"");
        var sent = form.Split("name=\"sent\" value=\"")[1].Split('"')[0];
        await me.SendAsync(s_litter, s_grid);
        var number = me.Number;
        await me.OpenAsync(Form);
        await me.SendAsync(s_litter, s_grid, ("sent", sent));
        me.Number.ShouldBe(number);
        await me.OpenAsync(Form);
        await me.SendAsync(s_litter, s_grid, ("sent", sent), ("description", "另一件"));
        (me.Status, me.Page.Contains("已经提交过", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.Conflict, true));
        await me.OpenAsync(Form);
        await me.SendAsync(s_litter, s_grid);
        me.Number.ShouldNotBe(number);
    }

    [Theory(DisplayName = "[PG9] a form counts only where a page of our own sends it")]
    [InlineData(Form)]
    [InlineData($"/public/cases/{SmallDistrict.Grid}-260101-0001")]
    [InlineData("/public/services/x")]
    [InlineData("/s/x")]
    public async Task Foreign(string path)
    {
        using var me = Resident.Of(_app);
        foreach (var site in (string[])["cross-site", "same-site", "none"])
        {
            await me.PostAsync(path, new FormUrlEncodedContent([new("category", "litter")]), site);
            me.Status.ShouldBe(HttpStatusCode.Forbidden, site);
            me.Page.ShouldContain("请从本站页面");
        }
    }

    [Theory(DisplayName = "[PG6] what is no form, or a broken one, is answered by a page, and never by a fault of ours")]
    [InlineData("application/json", "{}")]
    [InlineData("text/plain", "x")]
    [InlineData("application/x-www-form-urlencoded", "description=%00&=&&category=litter")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"c\"\r\n\r\nlit")]
    [InlineData("multipart/form-data", "no boundary")]
    public async Task Broken(string type, string body)
    {
        using var me = Resident.Of(_app);
        var content = new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        await me.PostAsync(Form, content, "same-origin");
        me.Status.ShouldBe(HttpStatusCode.BadRequest, me.Page);
    }

    [Fact(DisplayName = "[PG6] while the store is away the form is there with all that was typed, and sent again it is one case")]
    public async Task Away()
    {
        FlakyJournal? journal = null;
        await using var app = await MeshApp.StartAsync(services: FlakyJournal.Before(made => journal = made));
        using var me = Resident.Of(app);
        await me.OpenAsync(Form);
        journal!.IsDown = true;
        await me.SendAsync(s_litter, s_grid, ("description", "桥下有垃圾"));
        me.Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        me.Page.ShouldContain("桥下有垃圾");
        me.Page.ShouldContain("没有提交成功");
        journal.IsDown = false;
        await me.SendAsync(s_litter, s_grid, ("description", "桥下有垃圾"));
        me.Number.ShouldStartWith(SmallDistrict.Grid);
    }

    [Fact(DisplayName = "[PG3] without a key the page takes no reports and says so; with one it reports as that key, within its area and limits")]
    public async Task Key()
    {
        string[] key =
        [
            "--GridMesh:Open311:Keys:0:Name=web", "--GridMesh:Open311:Keys:0:Key=a-long-enough-key-for-it",
            $"--GridMesh:Open311:Keys:0:Area={SmallDistrict.Town}", "--GridMesh:Open311:Keys:0:PerDay=1",
        ];
        await using (var closed = await MeshApp.StartAsync(settings: key))
        {
            using var me = Resident.Of(closed);
            (await me.OpenAsync(Form)).Page.ShouldContain("暂不接收网上上报");
            me.Page.ShouldNotContain("<form class=\"report\"");
            await me.PostAsync(Form, new FormUrlEncodedContent([
                new("category", "litter"), new("grid", SmallDistrict.Grid)]), "same-origin");
            me.Status.ShouldBe(HttpStatusCode.Forbidden);
        }

        await using var open = await MeshApp.StartAsync(settings: [.. key, "--GridMesh:Open311:PageKey=web"]);
        using var resident = Resident.Of(open);
        await resident.OpenAsync(Form);
        await resident.SendAsync(s_litter, s_grid);
        resident.Number.ShouldNotBeEmpty();
        await resident.OpenAsync(Form);
        await resident.SendAsync(s_litter, s_grid, ("description", "第二件"));
        (resident.Status, resident.Page.Contains("第二件", StringComparison.Ordinal))
            .ShouldBe((HttpStatusCode.TooManyRequests, true));
    }

    [Fact(DisplayName = "[PG10] the first page costs an address nothing; looking, reporting and wrong receipts use up its look-ups, and nobody else's")]
    public async Task Limits()
    {
        await using var app = await MeshApp.StartAsync(
            services: MeshApp.StandStill,
            settings: [
                "--GridMesh:Limits:LookupPerSecond=1", "--GridMesh:Limits:LookupBurst=12",
                "--GridMesh:Gateway:TrustedProxies=127.0.0.1"]);
        using var me = Resident.Of(app);
        for (var i = 0; i < 20; i++)
            (await me.OpenAsync("/public")).Status.ShouldBe(HttpStatusCode.OK);

        for (var i = 0; i < 2; i++)
        {
            await me.OpenAsync(Form);
            await me.SendAsync(s_litter, s_grid);
        }

        me.Number.ShouldNotBeEmpty("5 for the report and 1 for the page that follows, twice, is all there was");
        await me.OpenAsync(Form);
        await me.SendAsync(s_litter, s_grid, ("description", "还在"));
        me.Status.ShouldBe(HttpStatusCode.TooManyRequests);
        me.Page.ShouldContain("还在");
        await me.OpenAsync(Form);
        await me.SendAsync([1, 2, 3], s_litter, s_grid);
        me.Status.ShouldBe(HttpStatusCode.TooManyRequests, "the photo is not looked at");
        (await me.OpenAsync("/public?state=open")).Status.ShouldBe(HttpStatusCode.TooManyRequests);

        using var neighbour = Resident.Of(app, address: "198.51.100.7");
        await neighbour.OpenAsync(Form);
        await neighbour.SendAsync(s_litter, s_grid);
        neighbour.Number.ShouldNotBeEmpty();
    }

    private static async Task CloseAsync(MeshApp app, JsonElement incident)
    {
        var grid = incident.Id()[..15];
        var owner = SmallDistrict.WorkerOf(grid);
        var worker = await app.SignInAsync("worker", grid, owner);
        var dispatcher = await app.SignInAsync("dispatcher");
        await dispatcher.DoAsync(incident, "dispatch", new { owner });
        await worker.DoAsync(incident, "accept");
        await worker.DoAsync(incident, "resolve", new { result = "清走了" });
        await (await app.SignInAsync("inspector")).DoAsync(incident, "inspect", new { pass = true });
        await dispatcher.DoAsync(incident, "feedback", new { text = "已清走" });
    }
}
