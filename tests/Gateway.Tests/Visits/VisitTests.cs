using System.Net;
using GridMesh.Product.Fixture;

namespace GridMesh.Gateway.Tests.Visits;

public sealed class VisitTests
{
    private const string Grid = SmallDistrict.Grid;

    [Fact(DisplayName = "[VI1, VI3, VI4] households are linked, visited and due; coverage is summed up; all of it is there after a restart")]
    public async Task Life()
    {
        var app = await MeshApp.StartAsync();
        var lead = await app.SignInAsync("lead", Grid, SmallDistrict.LeadOf(Grid));
        var wrong = await lead.SendAsync(
            $"areas/{Grid}/visit-links",
            new { kind = "Daily", building = SmallDistrict.BuildingOf(SmallDistrict.Neighbour) });
        (await wrong.JsonAsync()).GetProperty("errors").EnumerateObject().Select(error => error.Name)
            .ShouldBe(["kind", "visitor", "building", "household"], ignoreOrder: true);

        var visitor = SmallDistrict.WorkerOf(Grid);
        object Link(string kind) =>
            new { kind, visitor, building = SmallDistrict.BuildingOf(Grid), household = "3-502" };
        var made = await lead.SendAsync($"areas/{Grid}/visit-links", Link("Party"), "link");
        made.StatusCode.ShouldBe(HttpStatusCode.Created, await made.Content.ReadAsStringAsync());
        var party = (await made.JsonAsync()).Id();
        (await (await lead.SendAsync($"areas/{Grid}/visit-links", Link("Party"), "link")).JsonAsync()).Id()
            .ShouldBe(party);
        var general = (await (await lead.SendAsync($"areas/{Grid}/visit-links", Link("General"))).JsonAsync()).Id();

        var colleague = await app.SignInAsync("worker", Grid, SmallDistrict.WorkerOf(Grid, 2));
        (await (await colleague.SendAsync($"areas/{Grid}/visit-links/{party}/visits", new { text = "x" })).CodeAsync())
            .ShouldBe("OnlyTheVisitorOrTheGridMay");
        (await colleague.SendAsync(
            $"areas/{Grid}/visit-links/{general}/visits", new { text = "一切都好" }, "visit")).StatusCode.ShouldBe(
                HttpStatusCode.OK);
        var again =
            await (await colleague.SendAsync(
                $"areas/{Grid}/visit-links/{general}/visits", new { text = "一切都好" }, "visit")).JsonAsync();
        again.GetProperty("done").GetInt32().ShouldBe(1);

        (await DueAsync(lead)).ShouldBe([party]);
        var folder = await app.StopAsync();
        app = await MeshApp.StartAsync(folder);
        lead = await app.SignInAsync("lead", Grid);
        (await DueAsync(lead)).ShouldBe([party]);
        var viewer = await app.SignInAsync("viewer");
        foreach (var area in new[] { SmallDistrict.Code, SmallDistrict.Town, Grid })
        {
            var answer = await viewer.GetJsonAsync($"areas/{area}/visits");
            var sum = answer.GetProperty("sum");
            new[] { "links", "needed", "done", "covered" }.Select(name => sum.GetProperty(name).GetInt32())
                .ShouldBe([2, 4, 1, 1]);
            answer.GetProperty("items").ValueKind.ShouldBe(
                System.Text.Json.JsonValueKind.Null, "households are nobody's business above");
        }

        (await lead.SendAsync($"areas/{Grid}/visit-links/{party}/end", new { reason = "搬走" })).StatusCode.ShouldBe(
            HttpStatusCode.NoContent);
        (await DueAsync(lead)).ShouldBeEmpty();
        await app.StopAsync();
        System.IO.Directory.Delete(folder, recursive: true);
    }

    private static async Task<string[]> DueAsync(HttpClient lead) =>
        [.. (await lead.GetJsonAsync($"areas/{Grid}/visits?due=true")).GetProperty("items").EnumerateArray()
            .Select(item => item.Id())];
}
