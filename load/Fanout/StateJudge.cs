namespace GridMesh.Load.Fanout;

/// <summary>Compares what clients hold that keep the whole with the product's own snapshot.</summary>
internal sealed class StateJudge(MeshClient client, string token, TimeProvider time)
{
    private const int ToldMax = 10;

    /// <summary>How long a client may take to stand where the product stands once all is quiet.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(200);
    private readonly List<string> _wrong = [];
    private int _compared;
    public Verdict Verdict =>
        new("wrong states", "= 0", $"{_wrong.Count} of {_compared}", _wrong.Count == 0 && _compared > 0);
    public IEnumerable<string> Notes => _wrong.Take(ToldMax);

    public static string? Difference(WallState state, JsonElement area)
    {
        if (state.Epoch != area.GetProperty("epoch").GetInt64()
            || state.Version != area.GetProperty("version").GetInt64())
            return $"stands at {state.Epoch}/{state.Version}, "
                + $"the product at {area.GetProperty("epoch")}/{area.GetProperty("version")}";
        return !JsonElement.DeepEquals(state.Summary, area.GetProperty("summary"))
            ? $"has the numbers {state.Summary}, the product {area.GetProperty("summary")}"
            : Difference("children", "code", state.Children, area)
                ?? Difference("incidents", "id", state.Incidents, area)
                ?? Difference("workers", "id", state.Workers, area);
    }

    private static string? Difference(string name, string key, Dictionary<string, JsonElement> held, JsonElement area)
    {
        var said = area.GetProperty(name).EnumerateArray().ToArray();
        return said.Length != held.Count ? $"has {held.Count} {name}, the product {said.Length}"
            : said.Where(item => !held.TryGetValue(item.GetProperty(key).GetString()!, out var mine)
                || !JsonElement.DeepEquals(mine, item))
                .Select(item => $"has another one of {name} than {item}").FirstOrDefault();
    }

    /// <summary>Asks again while somebody is behind; who still differs in the end is wrong.</summary>
    public async Task CompareAsync(Fleet fleet, CancellationToken cancellation)
    {
        var (left, began) = (fleet.Clients.Where(one => one.State is not null).ToArray(), time.GetTimestamp());
        _compared += left.Length;
        while (true)
        {
            var differing = new List<(FleetClient Client, string What)>();
            foreach (var ofArea in left.GroupBy(one => one.Area))
            {
                var area = (await client.GetAsync($"areas/{ofArea.Key}", token, cancellation)).Expect("the snapshot");
                differing.AddRange(
                    from one in ofArea let what = one.Read(state => Difference(state, area)) where what is not null
                    select (one, what));
            }

            if (differing.Count == 0 || time.GetElapsedTime(began) > s_patience)
            {
                _wrong.AddRange(differing.Select(entry => $"{entry.Client.Area} {entry.What}"));
                return;
            }

            left = [.. differing.Select(entry => entry.Client)];
            await Task.Delay(s_pause, time, cancellation);
        }
    }
}
