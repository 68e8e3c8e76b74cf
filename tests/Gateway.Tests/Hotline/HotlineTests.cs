using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using GridMesh.Product.Fixture;

namespace GridMesh.Gateway.Tests.Hotline;

public sealed class HotlineTests(Product product)
{
    private readonly MeshApp _app = product.App;

    [Fact(DisplayName = "[HL1] an order becomes one case for its number: again it answers how far that is, with something else in it 409")]
    public async Task Once()
    {
        var made = await PostAsync(Order("T-1001"));
        made.StatusCode.ShouldBe(HttpStatusCode.Created, await made.Content.ReadAsStringAsync());
        made.Headers.Location!.ToString().ShouldBe("/api/v1/hotline/orders/T-1001");
        var order = await made.JsonAsync();
        (order.Text("number"), order.Text("kind"), order.Text("step")).ShouldBe(("T-1001", "Complaint", "Reported"));

        var dispatcher = await _app.SignInAsync("dispatcher");
        var incident = await dispatcher.GetJsonAsync($"incidents/{order.Text("incident")}");
        (incident.Text("source"), incident.Text("reporter"), incident.GetProperty("order").Text("number"))
            .ShouldBe(("Hotline", "王女士 139****1111", "T-1001"));
        var filed = incident.GetProperty("history")[0];
        (filed.GetProperty("limit").GetInt32(), filed.Text("clock")).ShouldBe((13, "WorkDay"));
        await dispatcher.DoAsync(incident, "dispatch", new { owner = "D-urban" });

        var again = await PostAsync(Order("T-1001"));
        again.StatusCode.ShouldBe(HttpStatusCode.OK);
        var now = await again.JsonAsync();
        (now.Text("incident"), now.Text("step")).ShouldBe((order.Text("incident"), "Dispatched"));
        foreach (var (field, value) in new (string, JsonNode)[] { ("description", "别的事"), ("kind", "Urgent"),
            ("grid", SmallDistrict.FarGrid), ("reporter", "李先生") })
        {
            var other = Order("T-1001");
            other[field] = value;
            var answer = await PostAsync(other);
            answer.StatusCode.ShouldBe(HttpStatusCode.Conflict, field);
            (await answer.CodeAsync()).ShouldBe("OrderIsAnother");
        }

        (await (await PostAsync(Order("T-1002"))).JsonAsync()).Text("incident").ShouldNotBe(order.Text("incident"));
    }

    [Fact(DisplayName = "[HL3, HL4] progress and result are asked for by the number; reminders count")]
    public async Task Progress()
    {
        await PostAsync(Order("T-2001"));
        var reminded = await (await SendAsync(HttpMethod.Post, "T-2001/reminders", new { reason = "来电人再次询问" }))
            .JsonAsync();
        reminded.GetProperty("reminders").GetInt32().ShouldBe(1);
        var dispatcher = await _app.SignInAsync("dispatcher");
        await dispatcher.DoAsync(
            await dispatcher.GetJsonAsync($"incidents/{reminded.Text("incident")}"), "reject", new { reason = "不属本区" });
        var order = await (await SendAsync(HttpMethod.Get, "T-2001")).JsonAsync();
        (order.Text("step"), order.Text("result"), order.GetProperty("closed").GetBoolean(),
            order.GetProperty("reminders").GetInt32())
            .ShouldBe(("Rejected", "不属本区", true, 1));
        (await (await SendAsync(HttpMethod.Post, "T-2001/reminders", new { reason = "x" })).CodeAsync())
            .ShouldBe("CaseIsClosed");
        (await (await SendAsync(HttpMethod.Get, "T-9999")).CodeAsync()).ShouldBe("OrderNotFound");
        (await (await SendAsync(HttpMethod.Post, "T-9999/reminders", new { reason = "x" })).CodeAsync())
            .ShouldBe("OrderNotFound");
    }

    [Fact(DisplayName = "[HL4] a subscription to orders is told of orders only, with their number")]
    public async Task Told()
    {
        await using var app = await MeshApp.StartAsync(settings: "--GridMesh:Webhooks:PollMs=10");
        await using var receiver = await Receiver.StartAsync();
        var admin = await app.SignInAsync("admin");
        (await admin.SendAsync(
            "subscriptions",
            new { name = "12345", url = receiver.Url, secret = "a-secret-of-sixteen-or-more", ordersOnly = true }))
            .StatusCode.ShouldBe(HttpStatusCode.Created);
        await admin.ReportAsync();
        var answer = await PostAsync(Order("T-3001"), app.Http);
        var incident = await admin.GetJsonAsync($"incidents/{(await answer.JsonAsync()).Text("incident")}");
        await admin.DoAsync(incident, "reject", new { reason = "已办" });
        await Eventually.TrueAsync(() => receiver.Taken.Count == 2, "both facts of the order were told");
        var data = receiver.Taken[1].Json.GetProperty("data");
        (data.GetProperty("order").Text("number"), data.GetProperty("fact").Text("text")).ShouldBe(("T-3001", "已办"));
        receiver.Events.ShouldAllBe(one => one.GetProperty("subject").GetString() == incident.Id());
    }

    [Theory(DisplayName = "[HL1] what is wrong with an order is told by its field")]
    [InlineData("number", "a b")]
    [InlineData("number", null)]
    [InlineData("kind", "Whim")]
    [InlineData("kind", null)]
    [InlineData("category", "nothing")]
    [InlineData("description", "")]
    [InlineData("grid", "450105001")]
    public async Task Wrong(string field, string? value)
    {
        var order = Order("T-4001");
        order[field] = value;
        var answer = await PostAsync(order);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.JsonAsync()).GetProperty("errors").TryGetProperty(field, out _)
            .ShouldBeTrue(await answer.Content.ReadAsStringAsync());
    }

    [Fact(DisplayName = "[HL5] the hotline comes by a key of its own, within its area and its limits; no other key is taken")]
    public async Task Keys()
    {
        await using var app = await MeshApp.StartAsync(services: MeshApp.StandStill, settings:
        [
            "--GridMesh:Hotline:Keys:0:Name=city", "--GridMesh:Hotline:Keys:0:Key=a-key-for-the-hotline",
            $"--GridMesh:Hotline:Keys:0:Area={SmallDistrict.Town}",
            "--GridMesh:Hotline:Keys:0:PerDay=3",
        ]);
        foreach (var key in new[] { null, "development-hotline", "development-open311", "wrong" })
        {
            var refused = await PostAsync(Order("T-5001"), app.Http, key ?? "");
            refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
            (await refused.CodeAsync()).ShouldBe("KeyIsMissingOrUnknown");
        }

        var far = Order("T-5002");
        far["grid"] = SmallDistrict.FarGrid;
        (await (await PostAsync(far, app.Http, "a-key-for-the-hotline")).CodeAsync()).ShouldBe("AreaIsOutsideYourOwn");
        (await PostAsync(Order("T-5001"), app.Http, "a-key-for-the-hotline")).StatusCode.ShouldBe(
            HttpStatusCode.Created);
        (await PostAsync(Order("T-5001"), app.Http, "a-key-for-the-hotline")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await PostAsync(Order("T-5001"), app.Http, "a-key-for-the-hotline")).StatusCode.ShouldBe(
            HttpStatusCode.TooManyRequests);
    }

    private static JsonObject Order(string number) => new()
    {
        ["number"] = number, ["kind"] = "Complaint", ["category"] = "litter", ["description"] = "小区门口垃圾三天没清",
        ["grid"] = SmallDistrict.Grid,
        ["reporter"] = "王女士 13900001111",
    };

    private Task<HttpResponseMessage> PostAsync(
        JsonObject order, HttpClient? http = null, string key = "development-hotline") =>
        SendAsync(HttpMethod.Post, "", order, http, key);

    private Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, object? body = null, HttpClient? http = null,
        string key = "development-hotline")
    {
        var request = new HttpRequestMessage(method, $"/api/v1/hotline/orders/{path}".TrimEnd('/'));
        if (key.Length > 0)
            request.Headers.Add("X-Api-Key", key);

        request.Content = body is null ? null : JsonContent.Create(body);
        return (http ?? _app.Http).SendAsync(request);
    }
}
