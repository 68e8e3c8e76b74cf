using System.Net;
using GridMesh.Product.Fixture;

namespace GridMesh.Gateway.Tests.Residents;

public sealed class ServicePageTests(Product product)
{
    private const string Grid = SmallDistrict.Grid;

    private readonly MeshApp _app = product.App;

    [Fact(DisplayName = "[PG11] what the printed code of a grid opens: without a script a resident asks for a service, follows it with its token and rates it")]
    public async Task Day()
    {
        var lead = await _app.SignInAsync("lead", Grid, SmallDistrict.LeadOf(Grid));
        var code = (await lead.GetJsonAsync($"areas/{Grid}/service-code")).Text("code");
        using var me = Resident.Of(_app);
        (await me.OpenAsync($"/s/{code}")).Page.ShouldContain("老年人优待证");
        await me.SendAsync(("mode", "AtHome"), ("name", "王芳"));
        string.Join(' ', me.Faults).ShouldBe("address matter phone");
        me.Page.ShouldContain("value=\"王芳\"");
        (string, string)[] asked =
            [("matter", "elderly-card"), ("mode", "ForYou"), ("name", "王芳"), ("phone", "13800138055")];
        await me.SendAsync(asked);
        me.Status.ShouldBe(HttpStatusCode.OK, me.Page);
        var id = me.Number;
        (me.Here, me.Step).ShouldBe(($"/public/services/{id}?new=1", "Asked"));
        me.Page.ShouldNotContain("13800138055");

        // Somebody else needs the token, which the one who asked wrote down.
        var token = me.Page.Split("凭证</dt><dd class=\"number\">")[1].Split('<')[0];
        using var other = Resident.Of(_app);
        await other.OpenAsync($"/public/cases?id={id}");
        other.Step.ShouldBeEmpty();
        await other.SendAsync(("token", "guessed"));
        string.Join(' ', other.Faults).ShouldBe("token");
        await other.SendAsync(("token", token));
        other.Step.ShouldBe("Asked");

        var worker = await _app.SignInAsync("worker", Grid, SmallDistrict.WorkerOf(Grid));
        foreach (var (command, body) in new (string, object)[] { ("take", new { }), ("finish", new { text = "已办好" }) })
            (await worker.SendAsync($"services/{id}/{command}", body)).EnsureSuccessStatusCode();

        await me.OpenAsync($"/public/services/{id}");
        me.Page.ShouldContain("已办好");
        await me.SendAsync(("score", "5"));
        me.Step.ShouldBe("Rated");
    }

    [Fact(DisplayName = "[PG11] a code that is forged opens nothing; who asked does without it, and a form sent twice is one service")]
    public async Task Forged()
    {
        var lead = await _app.SignInAsync("lead", Grid, SmallDistrict.LeadOf(Grid));
        var code = (await lead.GetJsonAsync($"areas/{Grid}/service-code")).Text("code");
        using var me = Resident.Of(_app);
        foreach (var forged in (string[])["x", code[..^2] + "AA", new string('1', 300)])
            (await me.OpenAsync($"/s/{forged}")).Status.ShouldBe(HttpStatusCode.NotFound);

        var page = (await me.OpenAsync($"/s/{code}")).Page;
        var sent = page.Split("name=\"sent\" value=\"")[1].Split('"')[0];
        (string, string)[] asked =
        [
            ("matter", "elderly-card"), ("mode", "ForYou"), ("name", "李强"), ("phone", "13800138056"), ("sent", sent),
        ];
        await me.SendAsync(asked);
        var id = me.Number;
        await me.OpenAsync($"/s/{code}");
        await me.SendAsync(asked);
        me.Number.ShouldBe(id);
        await me.SendAsync();
        me.Step.ShouldBe("Withdrawn");
    }
}
