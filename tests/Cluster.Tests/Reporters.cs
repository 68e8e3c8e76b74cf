using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using GridMesh.Product.Fixture;

namespace GridMesh.Cluster.Tests;

/// <summary>
/// Clients that report cases as fast as they are answered. One that is told to come back, or hears nothing, sends the
/// same command again until it is answered, as a phone does.
/// </summary>
internal sealed class Reporters : IAsyncDisposable
{
    private static readonly string[] s_grids =
        [SmallDistrict.Grid, SmallDistrict.Neighbour, "450105001002001", "450105002001001", SmallDistrict.FarGrid];

    private readonly CancellationTokenSource _stopping = new();
    private readonly Task[] _work;

    public Reporters(HttpClient[] clients, int each = 4) => _work =
        [.. clients.SelectMany((client, c) => Enumerable.Range(0, each).Select(i => RunAsync(client, (c * each) + i)))];

    /// <summary>Case id by command key.</summary>
    public ConcurrentDictionary<string, string> Acknowledged { get; } = new();

    public int Retries { get; private set; }

    /// <summary>Waits until this many more commands have been answered.</summary>
    public Task AnsweredAsync(int more)
    {
        var wanted = Acknowledged.Count + more;
        return Eventually.TrueAsync(() => Acknowledged.Count >= wanted, $"{more} more commands are answered");
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
        }
    }

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
            using var answer = await client.SendAsync(request);
            if (answer.IsSuccessStatusCode)
            {
                return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
            }

            answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable, await answer.Content.ReadAsStringAsync());
            Retries++;
        }
    }
}
