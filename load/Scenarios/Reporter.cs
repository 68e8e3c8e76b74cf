using System.Collections.Concurrent;
using GridMesh.Load.Clients;
using GridMesh.Load.Measuring;

namespace GridMesh.Load.Scenarios;

/// <summary>
/// Reports cases all over a district with one token for each town, so that no token meets its rate limit, and keeps
/// the time until the answer and until the walls.
/// </summary>
internal sealed class Reporter
{
    /// <summary>Most reports unanswered at once.</summary>
    public const int InFlightMax = 1_000;

    /// <summary>Most towns that are signed in to.</summary>
    private const int TownsMax = 16;

    /// <summary>Most cards remembered whose report is not answered yet, those of others among them.</summary>
    private const int SeenMax = 200_000;

    private readonly MeshClient _client;
    private readonly IReadOnlyList<Target> _targets;
    private readonly Target _watched;
    private readonly District _district;
    private readonly int _watchedEvery;
    private readonly string _run = Guid.NewGuid().ToString("N");
    private readonly TimeProvider _time;
    private readonly Random _random;
    private ConcurrentDictionary<string, int> _failures = new();
    private int _sent;

    private Reporter(
        MeshClient client, District district, IReadOnlyList<Target> targets, Target watched, int watchedEvery, int seed,
        TimeProvider time)
    {
        (_client, _district, _targets, _watched, _watchedEvery, _time) = (client, district, targets, watched, watchedEvery, time);
        _random = new Random(seed);
        Begin();
    }

    public Histogram Acknowledged { get; private set; } = new();

    public Sightings OnDistrict { get; private set; } = null!;

    public Sightings OnGrid { get; private set; } = null!;

    public IReadOnlyDictionary<string, int> FailureCodes => _failures;

    public int Failed => _failures.Values.Sum();

    public static async Task<Reporter> SignInAsync(
        MeshClient client, District district, GridArea watched, int watchedEvery, int seed, TimeProvider time)
    {
        var targets = new List<Target>();
        var random = new Random(seed);
        foreach (var town in district.Grids.GroupBy(grid => grid.Town).Take(TownsMax))
        {
            var token = await client.TokenAsync("dispatcher", town.Key);
            targets.AddRange(town.Select(grid => new Target(grid, grid.PlaceIn(random), token)));
        }

        var own = targets.Find(target => target.Grid.Code == watched.Code)
            ?? new Target(watched, watched.PlaceIn(random), await client.TokenAsync("dispatcher", watched.Town));
        return new Reporter(client, district, targets, own, watchedEvery, seed, time);
    }

    /// <summary>Forgets what was measured so far.</summary>
    public void Begin()
    {
        Acknowledged = new Histogram();
        OnDistrict = new Sightings(SeenMax, _time);
        OnGrid = new Sightings(SeenMax, _time);
        _failures = new ConcurrentDictionary<string, int>();
    }

    /// <summary>Reports one case; whatever goes wrong is counted.</summary>
    /// <param name="intended">Timestamp at which it was meant to be sent.</param>
    public async Task ReportAsync(int number, long intended)
    {
        var target = number % _watchedEvery == 0 ? _watched : _targets[_random.Next(_targets.Count)];
        var category = _district.Categories[_random.Next(_district.Categories.Count)];
        var serial = Interlocked.Increment(ref _sent);
        object body = target.Place is { } place
            ? new { category = category.Code, description = $"load {_run} {serial}", position = new { lng = place.Lng, lat = place.Lat } }
            : new { category = category.Code, description = $"load {_run} {serial}", grid = target.Grid.Code };
        try
        {
            var answer = await _client.PostAsync("incidents", target.Token, body, $"{_run}-{serial}");
            if (!answer.IsSuccess)
            {
                Fail(answer.Code);
                return;
            }

            Acknowledged.Record(_time.GetElapsedTime(intended));
            var id = answer.Body.GetProperty("id").GetString()!;
            OnDistrict.Expect(id, intended);
            if (target.Grid.Code == _watched.Grid.Code)
            {
                OnGrid.Expect(id, intended);
            }
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            Fail(e.GetType().Name);
        }
    }

    private void Fail(string code) => _failures.AddOrUpdate(code, 1, (_, count) => count + 1);

    private sealed record Target(GridArea Grid, Place? Place, string Token);
}
