namespace GridMesh.Load.Districts;

/// <summary>
/// Reports cases all over a district with one token for each town, so that no token meets its rate limit. Safe for many
/// callers, each with a <see cref="Random"/> of its own.
/// </summary>
internal sealed class CaseReporting(MeshClient client, District district, IReadOnlyDictionary<string, string> tokens)
{
    private const int TownsMax = 16;
    private readonly GridArea[] _grids = [.. district.Grids.Where(grid => tokens.ContainsKey(grid.Town))];
    private readonly string _run = Guid.NewGuid().ToString("N");
    private int _sent;

    /// <param name="watched">The grid that a wall of its own watches.</param>
    public static async Task<CaseReporting> SignInAsync(MeshClient client, District district, GridArea watched)
    {
        var tokens = new Dictionary<string, string>();
        foreach (var town in district.Towns.Prepend(watched.Town).Distinct().Take(TownsMax))
            tokens[town] = await client.TokenAsync("dispatcher", town);
        return new CaseReporting(client, district, tokens);
    }

    /// <summary>Reports one case; the response carries its number.</summary>
    /// <param name="into">Null: anywhere.</param>
    public async Task<Response> SendAsync(Random random, GridArea? into = null)
    {
        var (grid, serial) = (into ?? _grids[random.Next(_grids.Length)], Interlocked.Increment(ref _sent));
        var category = district.Categories[random.Next(district.Categories.Count)].Code;
        var description = $"load {_run} {serial}";
        object body = grid.PlaceIn(random) is { } at
            ? new { category, description, position = new { lng = at.Lng, lat = at.Lat } }
            : new { category, description, grid = grid.Code };
        return Response.Of(await client.PostAsync("incidents", tokens[grid.Town], body, $"{_run}-{serial}"));
    }
}
