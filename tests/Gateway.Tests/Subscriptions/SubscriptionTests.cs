using System.Net;
using System.Text.Json;
using GridMesh.Product.Fixture;

namespace GridMesh.Gateway.Tests.Subscriptions;

public sealed class SubscriptionTests
{
    private const string Secret = "a-secret-of-sixteen-or-more";

    private static readonly string[] s_quick =
        ["--GridMesh:Webhooks:PollMs=10", "--GridMesh:Webhooks:FirstPauseMs=1", "--GridMesh:Webhooks:LastPauseMs=10"];

    /// <summary>A receiver that fails is tried again for longer than any test runs: nothing is buried.</summary>
    private static readonly string[] s_patient =
        [.. s_quick, "--GridMesh:Webhooks:LastPauseMs=60000", "--GridMesh:Webhooks:AttemptsMax=100"];

    [Fact(DisplayName = "[WH1] each fact comes as a signed CloudEvent, in order, with the case as the fact left it and nothing personal")]
    public async Task Delivers()
    {
        await using var app = await MeshApp.StartAsync(settings: s_quick);
        await using var receiver = await Receiver.StartAsync();
        var admin = await app.SignInAsync("admin");
        var before = await admin.ReportAsync();
        await SubscribeAsync(admin, receiver);
        var incident = await (await admin.SendAsync("incidents", new
        {
            category = "litter", description = "张三 13800001111 家门口",
            position = SmallDistrict.PointIn(SmallDistrict.Grid), reporter = "张三 13800001111",
        })).JsonAsync();
        await admin.DoAsync(incident, "dispatch", new { owner = "D-urban" });
        await admin.DoAsync(await admin.ReportAsync(), "reject", new { reason = "不属实" });
        await Eventually.TrueAsync(() => receiver.Taken.Count == 4, "four facts were told");

        receiver.Ids.Take(2).ShouldBe([$"{incident.Id()}/1", $"{incident.Id()}/2"]);
        receiver.Ids.ShouldBeUnique();
        receiver.Ids.ShouldNotContain(id => id.StartsWith(before.Id()));
        receiver.Taken.ShouldAllBe(one => one.IsSignedBy(Secret) && !one.IsSignedBy(Secret + "x"));
        receiver.Taken.ShouldAllBe(one => one.ContentType == "application/cloudevents+json; charset=utf-8");
        var (reported, dispatched, rejected) = (receiver.Taken[0].Json, receiver.Taken[1].Json, receiver.Taken[3].Json);
        (reported.Text("specversion"), reported.Text("type"), reported.Text("subject"), reported.Text("source"))
            .ShouldBe(("1.0", "cn.gridmesh.incident.reported", incident.Id(), "urn:gridmesh:450105"));
        var data = dispatched.GetProperty("data");
        (data.GetProperty("incident").Text("step"), data.GetProperty("incident").Text("owner"),
            data.Text("categoryName"), data.GetProperty("fact").Text("type"))
            .ShouldBe(("Dispatched", "D-urban", "暴露垃圾", "IncidentDispatched"));
        reported.GetProperty("data").GetProperty("incident").Text("step").ShouldBe("Reported");
        rejected.GetProperty("data").GetProperty("fact").Text("text").ShouldBe("不属实");
        receiver.Taken.ShouldAllBe(
            one => !one.Json.ToString().Contains("张三") && !one.Json.ToString().Contains("13800001111"));
    }

    [Fact(DisplayName = "[WH2] area, lines and events choose what is told; lists hold as many events as was asked for")]
    public async Task Filters()
    {
        await using var app = await MeshApp.StartAsync(settings: s_quick);
        await using var town = await Receiver.StartAsync();
        await using var petitions = await Receiver.StartAsync();
        await using var lists = await Receiver.StartAsync();
        var admin = await app.SignInAsync("admin");
        await SubscribeAsync(
            admin, town,
            new { area = SmallDistrict.Town, events = new[] { "incident.reported", "incident.rejected" } });
        await SubscribeAsync(admin, petitions, new { lines = new[] { "Petitions" } });
        await SubscribeAsync(admin, lists, new { batch = 3 });
        await Task.WhenAll(
            Enumerable.Range(0, 12)
            .Select(i => admin.ReportAsync(SmallDistrict.FarGrid, i % 4 == 0 ? "dispute" : "litter")));
        var near = await admin.ReportAsync(SmallDistrict.Grid);
        await admin.DoAsync(near, "dispatch", new { owner = "D-urban" });
        var rejected = await admin.ReportAsync(SmallDistrict.Neighbour);
        await admin.DoAsync(rejected, "reject", new { reason = "x" });

        await Eventually.TrueAsync(
            () => lists.Ids.Count == 16 && petitions.Ids.Count == 3 && town.Ids.Count == 3, "all were told");
        town.Ids.ShouldBe([$"{near.Id()}/1", $"{rejected.Id()}/1", $"{rejected.Id()}/2"]);
        petitions.Events.ShouldAllBe(
            one => one.GetProperty("data").GetProperty("incident").GetProperty("line").GetString() == "Petitions");
        lists.Ids.ShouldBeUnique();
        lists.Taken.ShouldAllBe(one => one.ContentType == "application/cloudevents-batch+json; charset=utf-8"
            && one.Json.GetArrayLength() <= 3 && one.IsSignedBy(Secret));
    }

    [Fact(DisplayName = "[WH3] a message that fails is tried again with growing pauses, in order; after the last attempt it is a dead letter that can be seen and sent again")]
    public async Task DeadLetters()
    {
        await using var app = await MeshApp.StartAsync(settings: [.. s_quick, "--GridMesh:Webhooks:AttemptsMax=3"]);
        await using var receiver = await Receiver.StartAsync();
        var admin = await app.SignInAsync("admin");
        var id = (await SubscribeAsync(admin, receiver)).Id();
        var failures = 2;
        receiver.Answer = (_, _) => Task.FromResult(Interlocked.Decrement(ref failures) >= 0 ? 500 : 204);
        var first = await admin.ReportAsync();
        await Eventually.TrueAsync(() => receiver.Ids.Count == 1, "it came at the third attempt");
        receiver.Attempts.ShouldBe(3);

        receiver.Answer = (_, _) => Task.FromResult(500);
        var lost = await admin.ReportAsync();
        await Eventually.TrueAsync(async () => (await DeadAsync(admin, id)).Length == 1, "it is a dead letter");
        receiver.Answer = (_, _) => Task.FromResult(204);
        var next = await admin.ReportAsync();
        await Eventually.TrueAsync(() => receiver.Ids.Count == 2, "the next one came");
        receiver.Ids.ShouldBe([$"{first.Id()}/1", $"{next.Id()}/1"]);

        var letter = (await DeadAsync(admin, id))[0];
        (letter.Text("id"), letter.Text("event"), letter.GetProperty("attempts").GetInt32(), letter.Text("error"))
            .ShouldBe(($"{lost.Id()}/1", "incident.reported", 3, "answered 500"));
        var number = letter.GetProperty("number").GetInt64();
        receiver.Answer = (_, _) => Task.FromResult(503);
        var failed = await (await admin.SendAsync($"subscriptions/{id}/dead-letters/{number}/resend", new { }))
            .JsonAsync();
        (failed.GetProperty("delivered").GetBoolean(), failed.Text("error")).ShouldBe((false, "answered 503"));
        receiver.Answer = (_, _) => Task.FromResult(204);
        (await (await admin.SendAsync($"subscriptions/{id}/dead-letters/{number}/resend", new { })).JsonAsync())
            .GetProperty("delivered").GetBoolean().ShouldBeTrue();
        receiver.Ids[^1].ShouldBe($"{lost.Id()}/1");
        (await DeadAsync(admin, id)).ShouldBeEmpty();
        (await (await admin.SendAsync($"subscriptions/{id}/dead-letters/{number}/resend", new { })).CodeAsync())
            .ShouldBe("DeadLetterNotFound");
    }

    [Fact(DisplayName = "[WH4] what happens while nobody tells is told after a restart, and nothing twice that was kept as told")]
    public async Task Restart()
    {
        await using var receiver = await Receiver.StartAsync();
        var app = await MeshApp.StartAsync(settings: s_patient);
        var admin = await app.SignInAsync("admin");
        var id = (await SubscribeAsync(admin, receiver)).Id();
        var one = await admin.ReportAsync();
        await Eventually.TrueAsync(() => receiver.Ids.Count == 1, "the first was told");
        receiver.Answer = (_, _) => Task.FromResult(500);
        var two = await admin.ReportAsync();
        var folder = await app.StopAsync();

        receiver.Answer = (_, _) => Task.FromResult(204);
        await using (var again = await MeshApp.StartAsync(folder, settings: s_patient))
        {
            var three = await (await again.SignInAsync("admin")).ReportAsync();
            await Eventually.TrueAsync(() => receiver.Ids.Contains($"{three.Id()}/1"), "all were told");
            receiver.Ids.Distinct().ShouldBe([$"{one.Id()}/1", $"{two.Id()}/1", $"{three.Id()}/1"]);
            var status = (await (await again.SignInAsync("admin")).GetJsonAsync($"subscriptions/{id}"))
                .GetProperty("status");
            status.Text("step").ShouldBe("Following");
        }

        System.IO.Directory.Delete(folder, recursive: true);
    }

    [Fact(DisplayName = "[WH5] a receiver that never answers holds up neither commands nor other receivers, and its subscription still answers and ends")]
    public async Task Slow()
    {
        await using var app = await MeshApp.StartAsync(settings: s_quick);
        await using var slow = await Receiver.StartAsync();
        await using var quick = await Receiver.StartAsync();
        var arrived = new TaskCompletionSource();
        slow.Answer = async (_, context) =>
        {
            arrived.TrySetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
            return 204;
        };
        var admin = await app.SignInAsync("admin");
        var id = (await SubscribeAsync(admin, slow)).Id();
        await SubscribeAsync(admin, quick);
        var incident = await admin.ReportAsync();
        await arrived.Task;
        await admin.DoAsync(incident, "dispatch", new { owner = "D-urban" });
        await Eventually.TrueAsync(() => quick.Ids.Count == 2, "the quick one was told");
        (await admin.GetJsonAsync($"subscriptions/{id}")).GetProperty("status").Text("step").ShouldBe("Following");
        (await admin.DeleteAsync($"/api/v1/subscriptions/{id}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await (await admin.GetAsync($"/api/v1/subscriptions/{id}")).CodeAsync()).ShouldBe("SubscriptionNotFound");
        slow.Attempts.ShouldBe(1);
    }

    [Fact(DisplayName = "[WH9] 410 ends the subscription, and 429 is waited out")]
    public async Task Gone()
    {
        await using var app = await MeshApp.StartAsync(settings: s_patient);
        await using var gone = await Receiver.StartAsync();
        await using var busy = await Receiver.StartAsync();
        gone.Answer = (_, _) => Task.FromResult(410);
        busy.Answer = (_, context) =>
        {
            context.Response.Headers.RetryAfter = "50";
            return Task.FromResult(429);
        };
        var admin = await app.SignInAsync("admin");
        var ended = (await SubscribeAsync(admin, gone)).Id();
        var waiting = (await SubscribeAsync(admin, busy)).Id();
        await admin.ReportAsync();
        await Eventually.TrueAsync(
            async () => !(await admin.GetAsync($"/api/v1/subscriptions/{ended}")).IsSuccessStatusCode, "it ended");
        gone.Attempts.ShouldBe(1);
        await Eventually.TrueAsync(() => busy.Attempts == 1, "it was tried once");
        var status = (await admin.GetJsonAsync($"subscriptions/{waiting}")).GetProperty("status");
        (status.GetProperty("nextAttemptAt")
            .GetDateTimeOffset() - TimeProvider.System.GetUtcNow()).TotalSeconds.ShouldBeInRange(30, 50);
    }

    private static async Task<JsonElement[]> DeadAsync(HttpClient client, string id) =>
        [.. (await client.GetJsonAsync($"subscriptions/{id}/dead-letters")).GetProperty("items").EnumerateArray()];

    private static async Task<JsonElement> SubscribeAsync(HttpClient client, Receiver receiver, object? wishes = null)
    {
        var body = JsonSerializer.SerializeToNode(wishes ?? new { })!.AsObject();
        body["name"] = "test";
        body["url"] = receiver.Url;
        body["secret"] = Secret;
        var answer = await client.SendAsync("subscriptions", body);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        return await answer.JsonAsync();
    }
}
