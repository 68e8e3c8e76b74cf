using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using GridMesh.Product.Fixture;
using GridMesh.Silo.Fixture;

namespace GridMesh.Silo.Tests;

public sealed class KillTests
{
    private const int Clients = 16;
    private const int AnswersBeforeKill = 300;

    [Fact(DisplayName = "[DU2, KP2] kill -9 under load: every acknowledged case is there afterwards, once, and the wall is right")]
    public async Task Kill()
    {
        var folder = Path.Combine(Path.GetTempPath(), $"gridmesh-{Guid.NewGuid():N}");
        await (await MeshApp.StartAsync(folder)).StopAsync();
        var acknowledged = new ConcurrentDictionary<string, string>();
        var unanswered = new ConcurrentBag<string>();
        var enough = new TaskCompletionSource();
        var silo = await SiloProcess.ServeAsync(folder);
        using (var client = await SignInAsync(silo.Url))
        {
            var work = Enumerable.Range(0, Clients).Select(async number =>
            {
                for (var i = 0; ; i++)
                {
                    var key = $"{number}-{i}";
                    try
                    {
                        acknowledged[key] = await ReportAsync(client, key);
                    }
                    catch (Exception e) when (e is HttpRequestException or IOException or TaskCanceledException)
                    {
                        unanswered.Add(key);
                        return;
                    }

                    if (acknowledged.Count >= AnswersBeforeKill)
                        enough.TrySetResult();
                }
            }).ToArray();
            await enough.Task;
            await silo.KillAsync();
            await Task.WhenAll(work);
        }

        var (clean, said) = await SiloProcess.RunAsync("verify", "--data", folder);
        clean.ShouldBe(0, said);
        await using var again = await SiloProcess.ServeAsync(folder);
        using var back = await SignInAsync(again.Url);
        foreach (var (key, id) in acknowledged)
            (await back.GetFromJsonAsync<JsonElement>($"/api/v1/incidents/{id}")).GetProperty("id").GetString()
                .ShouldBe(id);

        // What was not answered is sent again with its key: whether it was written or not, it is one case now.
        foreach (var key in unanswered)
            acknowledged[key] = await ReportAsync(back, key);

        acknowledged.Values.Distinct().Count().ShouldBe(acknowledged.Count);
        await Eventually.TrueAsync(
            async () =>
                (await back.GetFromJsonAsync<JsonElement>($"/api/v1/areas/{SmallDistrict.Code}")).GetProperty("summary")
                .GetProperty("incidents").GetProperty("open").GetInt32() == acknowledged.Count,
            "the wall counts every acknowledged case and no other");
        await Eventually.TrueAsync(
            async () => (await back.GetFromJsonAsync<JsonElement>("/api/v1/kpis")).GetProperty("total")
                .GetProperty("counts").GetProperty("reported").GetInt64() == acknowledged.Count,
            "the indices count every acknowledged case and no other");
        await again.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<string> ReportAsync(HttpClient client, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/incidents")
        {
            Content = JsonContent.Create(
                new { category = "litter", description = key, position = SmallDistrict.PointIn(SmallDistrict.Grid) }),
        };
        request.Headers.Add("Idempotency-Key", key);
        using var answer = await client.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }

    private static async Task<HttpClient> SignInAsync(Uri url)
    {
        var client = new HttpClient { BaseAddress = url };
        var answer = await client.PostAsJsonAsync(
            "/dev/tokens", new { role = "dispatcher", area = SmallDistrict.Code });
        answer.EnsureSuccessStatusCode();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer", (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString());
        return client;
    }
}
