using System.Net;
using System.Text.Json;
using GridMesh.Product.Fixture;

namespace GridMesh.Gateway.Tests.Reviews;

public sealed class MinutesTests(Product product)
{
    private const string Community = "450105001002";

    private static readonly DateOnly s_today =
        DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().AddHours(8).DateTime);

    [Fact(DisplayName = "[RV9, RV12] minutes are on record once, what is not done comes up in the next review, and all is there after a restart")]
    public async Task Life()
    {
        var app = await MeshApp.StartAsync();
        var desk = await app.SignInAsync("dispatcher", Community);
        var held = await desk.SendAsync($"areas/{Community}/reviews", Minutes(s_today), "m1");
        held.StatusCode.ShouldBe(HttpStatusCode.Created, await held.Content.ReadAsStringAsync());
        var id = (await held.JsonAsync()).Id();
        (await (await desk.SendAsync($"areas/{Community}/reviews", Minutes(s_today), "m1")).JsonAsync()).Id()
            .ShouldBe(id);
        var done = await desk.SendAsync($"areas/{Community}/reviews/{id}/items/1/finish", new { text = "已划线" });
        done.StatusCode.ShouldBe(HttpStatusCode.OK, await done.Content.ReadAsStringAsync());

        var folder = await app.StopAsync();
        app = await MeshApp.StartAsync(folder);
        desk = await app.SignInAsync("dispatcher", Community);
        var minutes = (await desk.GetJsonAsync($"areas/{Community}/reviews")).GetProperty("items").EnumerateArray()
            .Single();
        minutes.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("text").GetString())
            .ShouldBe(["已划线", null]);
        var pending = Pending(await desk.GetJsonAsync($"areas/{Community}/review")).ShouldHaveSingleItem();
        (pending.GetProperty("number").GetInt32(), pending.Text("responsible")).ShouldBe((2, "物业"));
        var sheet =
            await (await desk.GetAsync($"/api/v1/areas/{Community}/review?format=csv")).Content.ReadAsStringAsync();
        sheet.ShouldContain($"待办 pending,{Community},路灯不亮");
        await app.StopAsync();
        System.IO.Directory.Delete(folder, recursive: true);
    }

    [Fact(DisplayName = "[RV10] who has no business with minutes reads none, neither by themselves nor in the list of the next review")]
    public async Task Sight()
    {
        var desk = await product.App.SignInAsync("dispatcher");
        (await desk.SendAsync($"areas/{Community}/reviews", Minutes(s_today))).EnsureSuccessStatusCode();
        foreach (var other in new[]
        {
            await product.App.SignInAsync("viewer", Community),
            await product.App.SignInAsync("dispatcher", Community, lines: "Emergency"),
        })
        {
            (await (await other.GetAsync($"/api/v1/areas/{Community}/reviews")).CodeAsync()).ShouldBe("RoleMayNot");
            Pending(await other.GetJsonAsync($"areas/{Community}/review")).ShouldBeEmpty();
        }
    }

    [Theory(DisplayName = "[RV9] minutes that make no sense are refused field by field")]
    [InlineData("heldOn", "2026-13-01", 0, "")]
    [InlineData("heldOn", null, 1, "")]
    [InlineData("heldOn", null, -100, "")]
    [InlineData("items[0].incident", null, 0, "450105002001001-260302-0001")]
    public async Task Wrong(string field, string? heldOn, int days, string incident)
    {
        var desk = await product.App.SignInAsync("dispatcher");
        var body = new
        {
            heldOn = heldOn ?? Text(s_today.AddDays(days)),
            items =
                new[] { new { topic = "a", decision = "b", responsible = "c",
                    dueOn = Text(s_today.AddDays(Math.Max(0, days))), incident } },
        };
        var answer = await desk.SendAsync($"areas/{Community}/reviews", body);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.JsonAsync()).GetProperty("errors").TryGetProperty(field, out _).ShouldBeTrue();
    }

    private static object Minutes(DateOnly heldOn) => new
    {
        heldOn = Text(heldOn),
        items = new[]
        {
            new { topic = "夜市占道", decision = "划线入市", responsible = "城管中队", dueOn = Text(heldOn.AddDays(14)) },
            new { topic = "路灯不亮", decision = "换灯", responsible = "物业", dueOn = Text(heldOn.AddDays(7)) },
        },
    };

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd");

    private static List<JsonElement> Pending(JsonElement review) => [.. review.GetProperty("pending").EnumerateArray()];
}
