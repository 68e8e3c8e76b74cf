using System.Collections.Concurrent;
using GridMesh.Load.Clients;
using GridMesh.Load.Measuring;

namespace GridMesh.Load.Scenarios;

/// <summary>Reports cases by an open schedule and keeps the time until the answer and until the walls.</summary>
internal sealed class Reporter
{
    /// <summary>Most reports unanswered at once.</summary>
    public const int InFlightMax = 1_000;

    /// <summary>Most cards remembered whose report is not answered yet, those of others among them.</summary>
    private const int SeenMax = 200_000;

    private readonly ReportDoor _door;
    private readonly int _watchedEvery;
    private readonly TimeProvider _time;
    private readonly Random _random;
    private ConcurrentDictionary<string, int> _failures = new();

    private Reporter(ReportDoor door, int watchedEvery, int seed, TimeProvider time)
    {
        (_door, _watchedEvery, _time, _random) = (door, watchedEvery, time, new Random(seed));
        Begin();
    }

    public Histogram Acknowledged { get; private set; } = new();

    public Sightings OnDistrict { get; private set; } = null!;

    public Sightings OnGrid { get; private set; } = null!;

    public int Failed => _failures.Values.Sum();

    public static async Task<Reporter> SignInAsync(
        MeshClient client, District district, GridArea watched, int watchedEvery, int seed, TimeProvider time) =>
        new(await ReportDoor.SignInAsync(client, district, watched, seed), watchedEvery, seed, time);

    /// <summary>Forgets what was measured so far.</summary>
    public void Begin()
    {
        Acknowledged = new Histogram();
        OnDistrict = new Sightings(SeenMax, _time);
        OnGrid = new Sightings(SeenMax, _time);
        _failures = new ConcurrentDictionary<string, int>();
    }

    /// <summary>Reports one case; whatever goes wrong is counted. One caller at a time begins it.</summary>
    /// <param name="intended">Timestamp at which it was meant to be sent.</param>
    public async Task ReportAsync(int number, long intended)
    {
        try
        {
            var (answer, grid) = await _door.SendAsync(_random, number % _watchedEvery == 0);
            if (!answer.IsSuccess)
            {
                Fail(answer.Code);
                return;
            }

            Acknowledged.Record(_time.GetElapsedTime(intended));
            var id = answer.Body.GetProperty("id").GetString()!;
            OnDistrict.Expect(id, intended);
            if (grid == _door.WatchedGrid)
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
}
