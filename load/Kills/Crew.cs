using GridMesh.Load.Clients;

namespace GridMesh.Load.Kills;

/// <summary>Who gives commands in one grid.</summary>
/// <param name="HasShift">True for the one member that goes on and off duty for this worker.</param>
internal sealed record Member(
    string Grid, string Worker, string WorkerToken, bool HasShift, IReadOnlyList<string> Categories);

/// <summary>
/// The people of the load: workers spread over the district, one dispatcher and one inspector above them, one resident
/// for all whom a case concerns.
/// </summary>
internal sealed record Crew(
    string Dispatcher, string Inspector, string Viewer, string Resident, IReadOnlyList<Member> Members)
{
    private const int PageMax = 500;

    /// <param name="size">Number of members; workers serve several where there are fewer of them.</param>
    /// <exception cref="InvalidOperationException">The district has no workers that serve a category.</exception>
    public static async Task<Crew> SignInAsync(MeshClient client, string area, int size)
    {
        var viewer = await client.TokenAsync("viewer", area);
        var district = await District.LoadAsync(client, area, viewer);
        var workers = await WorkersAsync(client, area, viewer);
        if (workers.Count == 0)
        {
            throw new InvalidOperationException($"the district {area} has no workers");
        }

        var members = new List<Member>();
        var tokens = new Dictionary<string, string>();
        for (var i = 0; i < size; i++)
        {
            var worker = workers[(int)((long)i * workers.Count / size)];
            var isFirst = !tokens.TryGetValue(worker.Id, out var token);
            token ??= tokens[worker.Id] = await client.TokenAsync("worker", worker.Grid, worker.Id);
            var categories = district.Categories.Where(category => worker.Serves(category.Line)).Select(category => category.Code).ToArray();
            if (categories.Length > 0)
            {
                members.Add(new Member(worker.Grid, worker.Id, token, isFirst, categories));
            }
        }

        return members.Count > 0
            ? new Crew(
                await client.TokenAsync("dispatcher", area), await client.TokenAsync("inspector", area), viewer,
                await client.TokenAsync("resident", area), members)
            : throw new InvalidOperationException($"no worker of {area} serves any category");
    }

    private static async Task<List<Candidate>> WorkersAsync(MeshClient client, string area, string token)
    {
        var workers = new List<Candidate>();
        string? cursor = null;
        do
        {
            var after = cursor is null ? string.Empty : $"&cursor={Uri.EscapeDataString(cursor)}";
            var page = (await client.GetAsync($"workers?area={area}&limit={PageMax}{after}", token)).Expect("the workers");
            workers.AddRange(page.GetProperty("items").EnumerateArray()
                .Where(item => item.GetProperty("role").GetString() == "Worker")
                .Select(item => new Candidate(
                    item.GetProperty("id").GetString()!,
                    item.GetProperty("grid").GetString()!,
                    [.. item.GetProperty("lines").EnumerateArray().Select(line => line.GetString()!)])));
            cursor = page.GetProperty("next").GetString();
        }
        while (cursor is not null);
        return workers;
    }

    private sealed record Candidate(string Id, string Grid, IReadOnlyList<string> Lines)
    {
        public bool Serves(string line) => Lines.Count == 0 || Lines.Contains(line);
    }
}
