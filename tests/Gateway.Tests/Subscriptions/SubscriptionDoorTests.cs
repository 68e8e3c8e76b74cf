using System.Net;
using System.Text.Json;
using GridMesh.Product.Fixture;

namespace GridMesh.Gateway.Tests.Subscriptions;

public sealed class SubscriptionDoorTests(Product product)
{
    private readonly MeshApp _app = product.App;

    [Theory(DisplayName = "[WH6] what is wrong with a subscription is told by its field")]
    [InlineData("url", "ftp://example.org/x")]
    [InlineData("url", "/relative")]
    [InlineData("url", "http://user:word@example.org/")]
    [InlineData("secret", "short")]
    [InlineData("name", "")]
    [InlineData("area", "4501050")]
    [InlineData("area", "450199")]
    [InlineData("lines", new[] { "Gossip" })]
    [InlineData("events", new[] { "incident.exploded" })]
    [InlineData("batch", 101)]
    public async Task Refused(string field, object value)
    {
        var admin = await _app.SignInAsync("admin");
        var body = Body();
        body[field] = value;
        var answer = await admin.SendAsync("subscriptions", body);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.JsonAsync()).GetProperty("errors").TryGetProperty(field, out _)
            .ShouldBeTrue(await answer.Content.ReadAsStringAsync());
    }

    [Fact(DisplayName = "[WH7] supervisors and departments subscribe within their area and lines; a department sees its own ones only; nobody sees a secret")]
    public async Task Who()
    {
        foreach (var role in new[] { "viewer", "dispatcher", "inspector", "resident" })
            (await (await (await _app.SignInAsync(role)).SendAsync("subscriptions", Body())).CodeAsync())
                .ShouldBe("RoleMayNot", role);

        var town = await _app.SignInAsync("supervisor", SmallDistrict.Town);
        (await (await town.SendAsync("subscriptions", Body())).CodeAsync()).ShouldBe("AreaIsOutsideYourOwn");
        var ofTown = await MadeAsync(town, Body(area: null));
        ofTown.Text("area").ShouldBe(SmallDistrict.Town);
        var department = await _app.SignInAsync("worker", SmallDistrict.Code, "D-urban");
        var ofDepartment = await MadeAsync(department, Body());
        (await IdsAsync(department)).ShouldBe([ofDepartment.Id()]);
        (await IdsAsync(town)).ShouldBe([ofTown.Id()]);
        var admin = await _app.SignInAsync("admin");
        (await IdsAsync(admin)).ShouldBe([ofTown.Id(), ofDepartment.Id()], ignoreOrder: true);
        foreach (var path in new[] { $"subscriptions/{ofTown.Id()}", $"subscriptions/{ofTown.Id()}/dead-letters",
            "subscriptions/rubbish" })
            (await (await department.GetAsync($"/api/v1/{path}")).CodeAsync()).ShouldBe("SubscriptionNotFound", path);

        (await department.DeleteAsync($"/api/v1/subscriptions/{ofTown.Id()}")).StatusCode.ShouldBe(
            HttpStatusCode.NotFound);
        (await admin.GetStringAsync("/api/v1/subscriptions")).ShouldNotContain("a-secret-of");
        (await admin.GetStringAsync($"/api/v1/subscriptions/{ofTown.Id()}")).ShouldNotContain("a-secret-of");

        var limited = await _app.SignInAsync("supervisor", SmallDistrict.Code, null, "Petitions");
        var ofLine = await MadeAsync(limited, Body());
        ofLine.GetProperty("lines").EnumerateArray().Select(line => line.GetString()).ShouldBe(["Petitions"]);
        (await IdsAsync(limited)).ShouldBe([ofLine.Id()]);
        var wider = Body();
        wider["lines"] = new[] { "Emergency" };
        (await limited.SendAsync("subscriptions", wider)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        foreach (var made in new[] { ofTown, ofDepartment, ofLine })
            (await admin.DeleteAsync($"/api/v1/subscriptions/{made.Id()}")).StatusCode.ShouldBe(
                HttpStatusCode.NoContent);
    }

    [Fact(DisplayName = "[WH7] the same Idempotency-Key again is the same subscription")]
    public async Task Once()
    {
        var admin = await _app.SignInAsync("admin");
        var one = await (await admin.SendAsync("subscriptions", Body(), "sub-1")).JsonAsync();
        (await (await admin.SendAsync("subscriptions", Body(), "sub-1")).JsonAsync()).ToString()
            .ShouldBe(one.ToString());
        (await admin.DeleteAsync($"/api/v1/subscriptions/{one.Id()}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact(DisplayName = "[WH6] private addresses are refused at the door unless they are allowed")]
    public async Task Private()
    {
        await using var app = await MeshApp.StartAsync(settings: "--GridMesh:Webhooks:AllowPrivate=false");
        var admin = await app.SignInAsync("admin");
        foreach (var url in new[] { "http://127.0.0.1:9/", "http://localhost:9/", "http://10.1.2.3/", "http://[::1]/",
            "http://169.254.169.254/latest", "http://[::ffff:10.0.0.1]/" })
        {
            var body = Body();
            body["url"] = url;
            (await admin.SendAsync("subscriptions", body)).StatusCode.ShouldBe(HttpStatusCode.BadRequest, url);
        }
    }

    private static Dictionary<string, object?> Body(string? area = SmallDistrict.Code) => new()
    {
        ["name"] = "城管平台", ["url"] = "http://127.0.0.1:9/hook", ["secret"] = "a-secret-of-sixteen-or-more",
        ["area"] = area,
    };

    private static async Task<JsonElement> MadeAsync(HttpClient client, object body)
    {
        var answer = await client.SendAsync("subscriptions", body);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        return await answer.JsonAsync();
    }

    private static async Task<string[]> IdsAsync(HttpClient client) =>
        [.. (await client.GetJsonAsync("subscriptions")).GetProperty("items").EnumerateArray()
            .Select(item => item.Id())];
}
