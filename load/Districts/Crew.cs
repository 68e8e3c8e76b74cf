namespace GridMesh.Load.Districts;

/// <param name="HasShift">True for the one member that goes on and off duty for this worker.</param>
internal sealed record Member(
    string Grid, string Worker, string Token, bool HasShift, IReadOnlyList<string> Categories)
{
    public object Report(int number, string description) =>
        new { category = Categories[number % Categories.Count], description, grid = Grid };
}

internal static class Shifts
{
    public static async Task BeginShiftAsync(
        this MeshClient client, string worker, string token, CancellationToken cancellation = default)
    {
        var key = Guid.NewGuid().ToString("N");
        (await client.PostAsync($"workers/{worker}/shift", token, new { onDuty = true }, key, cancellation))
            .Expect($"a shift of {worker}");
    }
}

/// <summary>Workers over the district, a dispatcher, an inspector and a resident for all of them.</summary>
internal sealed record Crew(
    string Dispatcher, string Inspector, string Viewer, string Resident, IReadOnlyList<Member> Members)
{
    private const int PageMax = 500;
    public District District { get; init; } = new("", [], []);

    /// <param name="size">Number of members; workers serve several where there are fewer of them.</param>
    public static async Task<Crew> SignInAsync(MeshClient client, string area, int size)
    {
        var viewer = await client.TokenAsync("viewer", area);
        var district = await District.LoadAsync(client, area, viewer);
        var workers = await WorkersAsync(client, area, viewer);
        var members = new List<Member>();
        var tokens = new Dictionary<string, string>();
        for (var i = 0; i < size && workers.Count > 0; i++)
        {
            var (id, grid, lines) = workers[(int)((long)i * workers.Count / size)];
            var isFirst = !tokens.TryGetValue(id, out var token);
            token ??= tokens[id] = await client.TokenAsync("worker", grid, id);
            var categories = district.Categories.Where(category => lines.Length == 0 || lines.Contains(category.Line))
                .Select(category => category.Code).ToArray();
            if (categories.Length > 0)
                members.Add(new Member(grid, id, token, isFirst, categories));
        }

        return members.Count > 0
            ? new Crew(
                await client.TokenAsync("dispatcher", area), await client.TokenAsync("inspector", area), viewer,
                await client.TokenAsync("resident", area), members)
                { District = district }
            : throw new InvalidOperationException($"no worker of {area} serves any category");
    }

    /// <summary>Of these, those in some grids.</summary>
    public Crew In(Func<string, bool> isIn)
    {
        var members = Members.Where(member => isIn(member.Grid)).ToArray();
        return members.Length > 0 ? this with { Members = members } : throw new InvalidOperationException(
            "nobody of the crew is where the load should be; ask for a larger --crew");
    }

    private static async Task<List<(string Id, string Grid, string[] Lines)>> WorkersAsync(
        MeshClient client, string area, string token)
    {
        var workers = new List<(string, string, string[])>();
        await foreach (var item in client.ItemsAsync($"workers?area={area}&limit={PageMax}", token))
        {
            if (item.GetProperty("role").GetString() == "Worker")
                workers.Add((
                    item.GetProperty("id").GetString()!, item.GetProperty("grid").GetString()!,
                    [.. item.GetProperty("lines").EnumerateArray().Select(line => line.GetString()!)]));
        }

        return workers;
    }
}
