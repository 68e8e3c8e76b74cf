using System.Net;
using System.Text.Json;
using GridMesh.Product.Fixture;

namespace GridMesh.Gateway.Tests.Services;

public sealed class ServiceTests(Product product)
{
    private const string Grid = SmallDistrict.Grid;

    private readonly MeshApp _app = product.App;

    [Fact(DisplayName = "[SV2, SV3, SV5, SV7] a resident asks by the grid's code, is served and rates; all of it is there after a restart")]
    public async Task Life()
    {
        var app = await MeshApp.StartAsync();
        var lead = await app.SignInAsync("lead", Grid, SmallDistrict.LeadOf(Grid));
        var code = (await lead.GetJsonAsync($"areas/{Grid}/service-code")).Text("code");
        var made = await app.Http.SendAsync("services", Ask(code, "13800138001"), "k1");
        made.StatusCode.ShouldBe(HttpStatusCode.Created, await made.Content.ReadAsStringAsync());
        var asked = await made.JsonAsync();
        var (id, token) = (asked.Id(), asked.Text("token"));
        var again = await (await app.Http.SendAsync("services", Ask(code, "13800138001"), "k1")).JsonAsync();
        (again.Id(), again.Text("token")).ShouldBe((id, token));

        var worker = await app.SignInAsync("worker", Grid, SmallDistrict.WorkerOf(Grid));
        await OkAsync(await worker.SendAsync($"services/{id}/take", new { }));
        await OkAsync(await worker.SendAsync($"services/{id}/need-documents", new { text = "缺照片，请打 13800138009" }));
        var status = await app.Http.GetJsonAsync($"services/{id}?token={token}");
        (status.Text("state"), status.Text("text")).ShouldBe(("DocumentsNeeded", "缺照片，请打 ***"));
        await OkAsync(await worker.SendAsync($"services/{id}/documents-came", new { }));
        (await (await app.Http.SendAsync($"services/{id}/rate", new { token, score = 5 })).CodeAsync())
            .ShouldBe("OnlyDoneCanBeRated");
        await OkAsync(await worker.SendAsync($"services/{id}/finish", new { text = "已办结" }));

        var folder = await app.StopAsync();
        app = await MeshApp.StartAsync(folder);
        await OkAsync(await app.Http.SendAsync($"services/{id}/rate", new { token, score = 4 }, "rate"));
        await OkAsync(await app.Http.SendAsync($"services/{id}/rate", new { token, score = 4 }, "rate"));
        var rated = await app.Http.GetJsonAsync($"services/{id}?token={token}");
        (rated.Text("state"), rated.GetProperty("score").GetInt32()).ShouldBe(("Rated", 4));
        var viewer = await app.SignInAsync("viewer");
        foreach (var area in new[] { SmallDistrict.Code, SmallDistrict.Town, Grid })
        {
            var list = await viewer.GetJsonAsync($"areas/{area}/services");
            list.GetProperty("sum").GetProperty("done").GetInt32().ShouldBe(1);
            list.GetProperty("sum").GetProperty("byMatter").GetProperty("elderly-card").GetInt32().ShouldBe(1);
            list.GetProperty("items").ValueKind.ShouldBe(JsonValueKind.Null);
        }

        await app.StopAsync();
        System.IO.Directory.Delete(folder, recursive: true);
    }

    [Fact(DisplayName = "[SV2] without a true code or token nobody asks, sees or moves a service")]
    public async Task Forged()
    {
        var lead = await _app.SignInAsync("lead", Grid, SmallDistrict.LeadOf(Grid));
        var code = (await lead.GetJsonAsync($"areas/{Grid}/service-code")).Text("code");
        foreach (var forged in new[] { "x", code[..^2] + "AA", code.Replace(Grid, SmallDistrict.Neighbour),
            "1.service." + Grid })
        {
            var answer = await _app.Http.SendAsync("services", Ask(forged, "13800138002"));
            (answer.StatusCode, await answer.CodeAsync()).ShouldBe((HttpStatusCode.BadRequest, "CodeIsForged"));
        }

        var one = await (await _app.Http.SendAsync("services", Ask(code, "13800138002"))).JsonAsync();
        var other = await (await _app.Http.SendAsync("services", Ask(code, "13800138003"))).JsonAsync();
        foreach (var token in new[] { "", "x", other.Text("token") })
        {
            (await _app.Http.GetAsync($"/api/v1/services/{one.Id()}?token={token}")).StatusCode.ShouldBe(
                HttpStatusCode.NotFound);
            (await (await _app.Http.SendAsync($"services/{one.Id()}/withdraw", new { token })).CodeAsync())
                .ShouldBe("ServiceIsUnknown");
        }

        (await _app.Http.SendAsync($"services/{one.Id()}/take", new { token = one.Text("token") })).StatusCode.ShouldBe(
            HttpStatusCode.Unauthorized);
        await OkAsync(await _app.Http.SendAsync($"services/{one.Id()}/withdraw", new { token = one.Text("token") }));
        await OkAsync(
            await _app.Http.SendAsync($"services/{other.Id()}/withdraw", new { token = other.Text("token") }));
        var worker = await _app.SignInAsync("worker", Grid, SmallDistrict.WorkerOf(Grid));
        (await (await worker.GetAsync($"/api/v1/areas/{Grid}/service-code")).CodeAsync()).ShouldBe("RoleMayNot");
    }

    [Fact(DisplayName = "[SV5] name, telephone and address are told to the people of the grid and its desks, and to nobody else")]
    public async Task Privacy()
    {
        const string Phone = "13800138004";
        var grid = SmallDistrict.Neighbour;
        var resident = await _app.SignInAsync("resident", grid);
        var asked =
            await (await resident.SendAsync(
                "services",
                new { grid, matter = "pension-check", mode = "AtHome", name = "赵奶奶", phone = Phone,
                    address = "9栋101" })).JsonAsync();
        var id = asked.Id();
        foreach (var (role, area) in new[] { ("worker", grid), ("lead", grid), ("dispatcher", SmallDistrict.Town),
            ("supervisor", SmallDistrict.Code) })
        {
            var insider = await _app.SignInAsync(role, area, role == "worker" ? SmallDistrict.WorkerOf(grid) : null);
            (await insider.GetStringAsync($"/api/v1/services/{id}")).ShouldContain("138****8004");
            (await insider.GetStringAsync($"/api/v1/areas/{grid}/services?state=Asked")).ShouldContain("138****8004");
            (await insider.GetStringAsync($"/api/v1/services/{id}/contact")).ShouldContain(Phone);
        }

        var own = await resident.GetStringAsync($"/api/v1/services/{id}");
        own.ShouldContain("Asked");
        own.ShouldNotContain(Phone);
        foreach (var (role, area) in new[] { ("viewer", grid), ("inspector", grid), ("worker", Grid),
            ("lead", SmallDistrict.FarGrid) })
        {
            var outsider = await _app.SignInAsync(role, area, role == "worker" ? SmallDistrict.WorkerOf(area) : null);
            (await outsider.GetAsync($"/api/v1/services/{id}")).StatusCode.ShouldBe(HttpStatusCode.NotFound, role);
        }

        foreach (var role in new[] { "viewer", "inspector", "admin" })
        {
            var outsider = await _app.SignInAsync(role);
            (await outsider.GetStringAsync($"/api/v1/areas/{grid}/services")).ShouldNotContain(Phone);
        }

        (await _app.Http.GetStringAsync($"/api/v1/services/{id}?token={asked.Text("token")}")).ShouldNotContain("赵奶奶");
    }

    [Fact(DisplayName = "[SV1, SV6] the matters are everybody's to read; what is asked is checked field by field; a telephone has three open at most")]
    public async Task Checks()
    {
        var matters = (await _app.Http.GetJsonAsync("services/matters")).GetProperty("items");
        matters.GetArrayLength().ShouldBe(15);
        var grid = SmallDistrict.FarGrid;
        var resident = await _app.SignInAsync("resident", grid);
        async Task<string[]> Fields(object body)
        {
            var answer = await resident.SendAsync("services", body);
            answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            return [.. (await answer.JsonAsync()).GetProperty("errors").EnumerateObject().Select(error => error.Name)];
        }

        (await Fields(new { grid })).ShouldBe(["matter", "mode", "phone", "name"], ignoreOrder: true);
        (await Fields(new { grid, matter = "pension-check", mode = "ForYou", name = "a", phone = "13800138005" }))
            .ShouldBe(["mode"]);
        (await Fields(new { grid, matter = "pension-check", mode = "AtHome", name = "a", phone = "call me" }))
            .ShouldBe(["phone", "address"], ignoreOrder: true);
        (await Fields(new { matter = "elderly-card" })).ShouldBe(["grid"]);
        for (var n = 0; n < 3; n++)
            await OkAsync(
                await resident.SendAsync(
                    "services",
                    new { grid, matter = "elderly-card", mode = "ForYou", name = "a", phone = "138 0013 8005" }));

        var one = await resident.SendAsync(
            "services", new { grid, matter = "elderly-card", mode = "ForYou", name = "a", phone = "13800138005" });
        (one.StatusCode, await one.CodeAsync()).ShouldBe((HttpStatusCode.Conflict, "PhoneHasTooManyServices"));
        var viewer = await _app.SignInAsync("viewer");
        (await (await viewer.SendAsync("services", new { grid })).CodeAsync()).ShouldBe("RoleMayNot");
        (await (await resident.SendAsync("services", new { grid = Grid })).CodeAsync())
            .ShouldBe("AreaIsOutsideYourOwn");
    }

    private static object Ask(string code, string phone) =>
        new { code, matter = "elderly-card", mode = "ForYou", name = "钱大爷", phone, text = "行动不便" };

    private static async Task OkAsync(HttpResponseMessage answer) =>
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
}
