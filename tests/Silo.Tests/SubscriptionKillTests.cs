using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using GridMesh.Product.Fixture;
using GridMesh.Silo.Fixture;

namespace GridMesh.Silo.Tests;

public sealed class SubscriptionKillTests
{
    private const int Clients = 8;
    private const int MessagesBeforeKill = 60;

    [Fact(DisplayName = "[WH4] kill -9 while events are on their way: every case that is in the journal is told of")]
    public async Task Kill()
    {
        var folder = Path.Combine(Path.GetTempPath(), $"gridmesh-{Guid.NewGuid():N}");
        await (await MeshApp.StartAsync(folder)).StopAsync();
        await using var receiver = await Receiver.StartAsync();
        var enough = new TaskCompletionSource();
        receiver.Answer = (_, _) =>
        {
            if (receiver.Attempts >= MessagesBeforeKill)
                enough.TrySetResult();

            // One in ten fails once or more, so that the kill also meets a subscription that tries again.
            return Task.FromResult(receiver.Attempts % 10 == 0 ? 500 : 204);
        };
        string[] quick = [
            "--set", "GridMesh:Webhooks:PollMs=10", "--set", "GridMesh:Webhooks:FirstPauseMs=1", "--set",
            "GridMesh:Webhooks:LastPauseMs=5"];
        var silo = await SiloProcess.ServeAsync(folder, null, quick);
        using (var client = await SignInAsync(silo.Url))
        {
            var made = await client.PostAsJsonAsync(
                "/api/v1/subscriptions",
                new { name = "kill", url = receiver.Url, secret = "a-secret-of-sixteen-or-more", batch = 2 });
            made.EnsureSuccessStatusCode();
            var work = Enumerable.Range(0, Clients).Select(_ => ReportUntilCutAsync(client)).ToArray();
            await enough.Task;
            await silo.KillAsync();
            await Task.WhenAll(work);
        }

        await using var again = await SiloProcess.ServeAsync(folder, null, quick);
        using var back = await SignInAsync(again.Url);
        var ids = new List<string>();
        string? cursor = null;
        do
        {
            var page = await back.GetFromJsonAsync<JsonElement>(
                $"/api/v1/incidents?limit=200{(cursor is null ? "" : $"&cursor={cursor}")}");
            ids.AddRange(
                page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()!));
            cursor = page.GetProperty("next").GetString();
        }
        while (cursor is not null);
        ids.Count.ShouldBeGreaterThan(MessagesBeforeKill);
        await Eventually.TrueAsync(
            () => receiver.Ids.ToHashSet().IsSupersetOf(ids.Select(id => $"{id}/1")), "every case was told of");

        // What was told twice has the same id, and nothing is told of that is not there.
        var firsts = receiver.Ids.Distinct().ToArray();
        firsts.Length.ShouldBe(ids.Count);
    }

    private static async Task ReportUntilCutAsync(HttpClient client)
    {
        try
        {
            while (true)
            {
                using var answer = await client.PostAsJsonAsync(
                    "/api/v1/incidents",
                    new { category = "litter", description = "x",
                        position = SmallDistrict.PointIn(SmallDistrict.Grid) });
                answer.EnsureSuccessStatusCode();
            }
        }
        catch (Exception e) when (e is HttpRequestException or IOException or TaskCanceledException)
        {
            // The process was killed, as it should be.
        }
    }

    private static async Task<HttpClient> SignInAsync(Uri url)
    {
        var client = new HttpClient { BaseAddress = url };
        var answer = await client.PostAsJsonAsync("/dev/tokens", new { role = "admin", area = SmallDistrict.Code });
        var token = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }
}
