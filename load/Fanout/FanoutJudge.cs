using System.Text.Json;
using GridMesh.Client;
using GridMesh.Load.Clients;
using GridMesh.Load.Fleets;

namespace GridMesh.Load.Fanout;

/// <summary>
/// Compares what clients hold that keep the whole with the product's own snapshot, which is asked for over HTTP.
/// </summary>
internal sealed class FanoutJudge(MeshClient client, string token, TimeProvider time)
{
    /// <summary>How long a client may take to stand where the product stands once all is quiet.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Comparisons made.</summary>
    public int Compared { get; private set; }

    /// <summary>Clients that held something else than the product, with what differed.</summary>
    public IReadOnlyList<string> Wrong => _wrong;

    private readonly List<string> _wrong = [];

    public Task FleetAsync(Fleet fleet, CancellationToken cancellation) => AllAsync(
        [.. fleet.Clients.Where(one => one.State is not null).Select(one => (one.Area, (Func<JsonElement, string?>)(area => one.Read(state => Difference(state, area)))))],
        cancellation);

    public Task WallsAsync(IEnumerable<(string Area, Wall Wall)> walls, CancellationToken cancellation) => AllAsync(
        [.. walls.Select(one => (one.Area, (Func<JsonElement, string?>)(area => one.Wall.Read(state => Difference(state, area)))))],
        cancellation);

    /// <summary>What a state has otherwise than a snapshot; null when nothing.</summary>
    public static string? Difference(WallState state, JsonElement area)
    {
        if (state.Epoch != area.GetProperty("epoch").GetInt64() || state.Version != area.GetProperty("version").GetInt64())
        {
            return $"stands at {state.Epoch}/{state.Version}, the product at {area.GetProperty("epoch")}/{area.GetProperty("version")}";
        }

        return !JsonElement.DeepEquals(state.Summary, area.GetProperty("summary"))
            ? $"has the numbers {state.Summary}, the product {area.GetProperty("summary")}"
            : Difference("children", "code", state.Children, area) ?? Difference("incidents", "id", state.Incidents, area)
                ?? Difference("workers", "id", state.Workers, area);
    }

    private static string? Difference(string name, string key, Dictionary<string, JsonElement> held, JsonElement area)
    {
        var said = area.GetProperty(name).EnumerateArray().ToArray();
        return said.Length != held.Count ? $"has {held.Count} {name}, the product {said.Length}"
            : said.Where(item => !held.TryGetValue(item.GetProperty(key).GetString()!, out var mine) || !JsonElement.DeepEquals(mine, item))
                .Select(item => $"has another one of {name} than {item}").FirstOrDefault();
    }

    /// <summary>Asks again while somebody is behind; who still differs in the end is wrong.</summary>
    private async Task AllAsync(
        IReadOnlyList<(string Area, Func<JsonElement, string?> Differs)> holders, CancellationToken cancellation)
    {
        Compared += holders.Count;
        var began = time.GetTimestamp();
        while (true)
        {
            var differing = new List<(string Area, Func<JsonElement, string?> Differs, string What)>();
            foreach (var holdersOfArea in holders.GroupBy(holder => holder.Area))
            {
                var area = (await client.GetAsync($"areas/{holdersOfArea.Key}", token, cancellation)).Expect("the snapshot");
                differing.AddRange(holdersOfArea.Select(holder => (holder.Area, holder.Differs, holder.Differs(area)!)).Where(entry => entry.Item3 is not null));
            }

            if (differing.Count == 0)
            {
                return;
            }

            if (time.GetElapsedTime(began) > Patience)
            {
                _wrong.AddRange(differing.Select(entry => $"{entry.Area} {entry.What}"));
                return;
            }

            holders = [.. differing.Select(entry => (entry.Area, entry.Differs))];
            await Task.Delay(s_pause, time, cancellation);
        }
    }
}
