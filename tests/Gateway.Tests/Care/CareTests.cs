using System.Net;
using GridMesh.Product.Fixture;

namespace GridMesh.Gateway.Tests.Care;

public sealed class CareTests(Product product)
{
    private const string Grid = "450105002002001";

    private static readonly string s_building = SmallDistrict.BuildingOf(Grid);

    private readonly MeshApp _app = product.App;

    [Fact(DisplayName = "[CA1] everything that is wrong with a watch is told at once")]
    public async Task Wrong()
    {
        var lead = await _app.SignInAsync("lead", Grid);
        var answer = await lead.SendAsync(
            $"buildings/{s_building}/watches",
            new { household = "", device = $"smoke-{Grid}", windowHours = 0, consent = new { by = "" } });
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.JsonAsync()).GetProperty("errors").EnumerateObject().Select(error => error.Name)
            .ShouldBe(["household", "windowHours", "consent.by", "consent.at", "device"], ignoreOrder: true);
        (await (await lead.SendAsync($"buildings/{Grid}99999/watches", Watch("1"))).CodeAsync())
            .ShouldBe("BuildingIsUnknown");
    }

    [Fact(DisplayName = "[CA1, CA4, CA5] a watch is begun, seen by the few who may, confirmed and withdrawn")]
    public async Task Life()
    {
        var worker = await _app.SignInAsync("worker", Grid, SmallDistrict.WorkerOf(Grid));
        var watch = Watch("3-502");
        var begun = await worker.SendAsync($"buildings/{s_building}/watches", watch, "begin");
        begun.StatusCode.ShouldBe(HttpStatusCode.Created, await begun.Content.ReadAsStringAsync());
        var id = (await begun.JsonAsync()).Id();
        (await (await worker.SendAsync($"buildings/{s_building}/watches", watch, "begin")).JsonAsync()).Id()
            .ShouldBe(id);
        (await (await worker.SendAsync($"buildings/{s_building}/watches", Watch("3-503"), "begin")).CodeAsync())
            .ShouldBe("CommandIdAlreadyUsed");
        (await (await worker.SendAsync($"buildings/{s_building}/watches", Watch("3-502"))).CodeAsync())
            .ShouldBe("HouseholdIsWatchedAlready");

        (await IdsAsync(worker, $"buildings/{s_building}/watches")).ShouldContain(id);
        (await IdsAsync(await _app.SignInAsync("dispatcher"), $"areas/{Grid}/watches")).ShouldContain(id);
        foreach (var (role, area, code) in new[]
        {
            ("viewer", SmallDistrict.Code, "OnlyTheOwnGridAndItsDesksMay"),
            ("admin", SmallDistrict.Code, "OnlyTheOwnGridAndItsDesksMay"),
            ("resident", Grid, "OnlyTheOwnGridAndItsDesksMay"), ("lead", SmallDistrict.FarGrid, "AreaIsOutsideYourOwn"),
        })
        {
            var refused = await (await _app.SignInAsync(role, area)).GetAsync($"/api/v1/areas/{Grid}/watches");
            (refused.StatusCode, await refused.CodeAsync()).ShouldBe((HttpStatusCode.Forbidden, code));
        }

        var snapshot = await (await _app.SignInAsync("viewer")).GetAsync($"/api/v1/areas/{Grid}");
        (await snapshot.Content.ReadAsStringAsync()).ShouldNotContain("3-502");
        var confirmed = await worker.SendAsync(
            $"buildings/{s_building}/watches/{id}/confirm", new { finding = "Safe", text = "在家" });
        confirmed.StatusCode.ShouldBe(HttpStatusCode.OK, await confirmed.Content.ReadAsStringAsync());
        (await worker.SendAsync(
            $"buildings/{s_building}/watches/{id}/withdraw", new { reason = "本人要求" })).StatusCode.ShouldBe(
                HttpStatusCode.NoContent);
        (await IdsAsync(worker, $"areas/{Grid}/watches")).ShouldNotContain(id);
        (await (await worker.SendAsync($"buildings/{s_building}/watches/{id}/confirm", new { finding = "Safe" }))
            .CodeAsync()).ShouldBe("WatchIsUnknown");
    }

    private static object Watch(string household) => new
    {
        household, device = $"door-{Grid}", windowHours = 24,
        consent = new { by = "本人", at = DateTimeOffset.UtcNow.AddMinutes(-1) },
    };

    private static async Task<string[]> IdsAsync(HttpClient client, string path) =>
        [.. (await client.GetJsonAsync(path)).GetProperty("items").EnumerateArray().Select(item => item.Id())];
}
