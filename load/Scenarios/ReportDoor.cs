using GridMesh.Load.Clients;

namespace GridMesh.Load.Scenarios;

/// <summary>
/// Reports cases all over a district with one token for each town, so that no token meets its rate limit. Safe for many
/// callers, each with a <see cref="Random"/> of its own.
/// </summary>
internal sealed class ReportDoor
{
    /// <summary>Most towns that are signed in to.</summary>
    private const int TownsMax = 16;

    private readonly MeshClient _client;
    private readonly District _district;
    private readonly IReadOnlyList<Target> _targets;
    private readonly Target _watched;
    private readonly string _run = Guid.NewGuid().ToString("N");
    private int _sent;

    private ReportDoor(MeshClient client, District district, IReadOnlyList<Target> targets, Target watched) =>
        (_client, _district, _targets, _watched) = (client, district, targets, watched);

    /// <summary>The grid that a wall of its own watches.</summary>
    public string WatchedGrid => _watched.Grid.Code;

    public static async Task<ReportDoor> SignInAsync(MeshClient client, District district, GridArea watched, int seed)
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
        return new ReportDoor(client, district, targets, own);
    }

    /// <summary>Reports one case, in the watched grid or anywhere.</summary>
    /// <returns>The answer, and the grid in which the case was reported.</returns>
    public async Task<(Answer Answer, string Grid)> SendAsync(Random random, bool toWatched)
    {
        var target = toWatched ? _watched : _targets[random.Next(_targets.Count)];
        var category = _district.Categories[random.Next(_district.Categories.Count)];
        var serial = Interlocked.Increment(ref _sent);
        object body = target.Place is { } place
            ? new { category = category.Code, description = $"load {_run} {serial}", position = new { lng = place.Lng, lat = place.Lat } }
            : new { category = category.Code, description = $"load {_run} {serial}", grid = target.Grid.Code };
        return (await _client.PostAsync("incidents", target.Token, body, $"{_run}-{serial}"), target.Grid.Code);
    }

    private sealed record Target(GridArea Grid, Place? Place, string Token);
}
