using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using GridMesh.Client;
using GridMesh.Product.Fixture;

namespace GridMesh.Cluster.Tests;

/// <summary>
/// Clients that report cases as fast as they are answered, or with a pause between two. One that is told to come back,
/// or hears nothing, sends the same command again until it is answered, as a phone does.
/// </summary>
internal sealed class Reporters : IAsyncDisposable
{
    private static readonly string[] s_grids =
        [SmallDistrict.Grid, SmallDistrict.Neighbour, "450105001002001", "450105002001001", SmallDistrict.FarGrid];

    private static readonly TimeSpan s_pauseUnanswered = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource _stopping = new();
    private readonly Task[] _work;
    private readonly TimeSpan _pause;

    public Reporters(HttpClient[] clients, int each = 4, TimeSpan pause = default)
    {
        _pause = pause;
        _work = [.. clients.SelectMany(
            (client, c) => Enumerable.Range(0, each).Select(i => RunAsync(client, (c * each) + i)))];
    }

    /// <summary>Case id by command key.</summary>
    public ConcurrentDictionary<string, string> Acknowledged { get; } = new();

    public int Retries { get; private set; }

    /// <summary>Waits until this many more commands have been answered.</summary>
    public async Task AnsweredAsync(int more)
    {
        var wanted = Acknowledged.Count + more;
        await Eventually.TrueAsync(
            () => Acknowledged.Count >= wanted || _work.Any(work => work.IsFaulted),
            $"{more} more commands are answered");
        await Task.WhenAll(_work.Where(work => work.IsFaulted));
    }

    /// <summary>Whatever was acknowledged is one case, with its words; areas and walls count each once.</summary>
    public async Task AllAreThereAsync(HttpClient[] clients, LiveView[] walls)
    {
        Acknowledged.Values.Distinct().Count().ShouldBe(Acknowledged.Count);
        foreach (var (key, id) in Acknowledged)
        {
            (await clients[0].GetFromJsonAsync<JsonElement>($"/api/v1/incidents/{id}"))
                .GetProperty("description").GetString().ShouldBe(key);
        }

        foreach (var client in clients)
        {
            await Eventually.TrueAsync(
                async () => await OpenAsync(client) == Acknowledged.Count, "the district counts every case once");
        }

        foreach (var wall in walls)
            await wall.UntilAsync(state => state.Open == Acknowledged.Count, "the wall counts every case once");
    }

    public async ValueTask DisposeAsync()
    {
        if (!_stopping.IsCancellationRequested)
        {
            await _stopping.CancelAsync();
            await Task.WhenAll(_work);
            _stopping.Dispose();
        }
    }

    private async Task RunAsync(HttpClient client, int number)
    {
        for (var i = 0; !_stopping.IsCancellationRequested; i++)
        {
            var key = $"{number}-{i}";
            Acknowledged[key] = await ReportAsync(client, s_grids[(number + i) % s_grids.Length], key);
            await Task.Delay(_pause);
        }
    }

    private static async Task<int> OpenAsync(HttpClient client) =>
        (await client.GetFromJsonAsync<JsonElement>($"/api/v1/areas/{SmallDistrict.Code}")).GetProperty("summary")
            .GetProperty("incidents").GetProperty("open").GetInt32();

    private async Task<string> ReportAsync(HttpClient client, string grid, string key)
    {
        while (true)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/incidents")
            {
                Content = JsonContent.Create(
                    new { category = "litter", description = key, position = SmallDistrict.PointIn(grid) }),
            };
            request.Headers.Add("Idempotency-Key", key);
            using var answer = await SendAsync(client, request);
            if (answer is null)
                continue;

            if (answer.IsSuccessStatusCode)
                return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;

            answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable, await answer.Content.ReadAsStringAsync());
            Retries++;
        }
    }

    /// <summary>Null when there is no answer: the gateway is away, or has just been.</summary>
    private static async Task<HttpResponseMessage?> SendAsync(HttpClient client, HttpRequestMessage request)
    {
        try
        {
            return await client.SendAsync(request);
        }
        catch (HttpRequestException)
        {
            await Task.Delay(s_pauseUnanswered);
            return null;
        }
    }
}
