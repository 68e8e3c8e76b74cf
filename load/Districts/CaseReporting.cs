namespace GridMesh.Load.Districts;

/// <summary>
/// Reports cases all over a district with one token for each town, so that no token meets its rate limit. Safe for many
/// callers, each with a <see cref="Random"/> of its own.
/// </summary>
internal sealed class CaseReporting
{
    /// <summary>Most towns that are signed in to.</summary>
    private const int TownsMax = 16;
    private readonly MeshClient _client;
    private readonly District _district;
    private readonly List<(string Token, object Place)> _targets = [];
    private readonly (string Token, object Place) _watched;
    private readonly string _run = Guid.NewGuid().ToString("N");
    private int _sent;

    private CaseReporting(MeshClient client, District district, IReadOnlyDictionary<string, string> tokens,
        GridArea watched, Random random)
    {
        (_client, _district) = (client, district);
        (string, object) TargetOf(GridArea grid) => (
            tokens[grid.Town], grid.PlaceIn(random) is { } at ? new { lng = at.Lng, lat = at.Lat } : grid.Code);
        _watched = TargetOf(watched);
        _targets.AddRange(district.Grids.Where(grid => tokens.ContainsKey(grid.Town)).Select(TargetOf));
    }

    /// <param name="watched">The grid that a wall of its own watches.</param>
    public static async Task<CaseReporting> SignInAsync(MeshClient client, District district, GridArea watched, int seed)
    {
        var tokens = new Dictionary<string, string>();
        foreach (var town in district.Towns.Prepend(watched.Town).Distinct().Take(TownsMax))
            tokens[town] = await client.TokenAsync("dispatcher", town);
        return new CaseReporting(client, district, tokens, watched, new Random(seed));
    }

    /// <summary>Reports one case, in the watched grid or anywhere; the response carries its number.</summary>
    public async Task<Response> SendAsync(Random random, bool toWatched)
    {
        var (token, place) = toWatched ? _watched : _targets[random.Next(_targets.Count)];
        var category = _district.Categories[random.Next(_district.Categories.Count)].Code;
        var serial = Interlocked.Increment(ref _sent);
        object body = place is string grid
            ? new { category, description = $"load {_run} {serial}", grid }
            : new { category, description = $"load {_run} {serial}", position = place };
        return Response.Of(await _client.PostAsync("incidents", token, body, $"{_run}-{serial}"));
    }
}
