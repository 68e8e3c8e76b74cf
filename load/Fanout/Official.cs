using GridMesh.Load.Clients;

namespace GridMesh.Load.Fanout;

/// <summary>A few clients of the official SignalR package that watch along with the fleet.</summary>
internal sealed class Official : IAsyncDisposable
{
    private readonly List<(string Area, Wall Wall)> _walls = [];

    public IReadOnlyList<(string Area, Wall Wall)> Walls => _walls;

    public int Gaps => _walls.Sum(wall => wall.Wall.Gaps);

    public static async Task<Official> WatchAsync(
        Uri url, IReadOnlyDictionary<string, string> tokens, int count, TimeProvider time)
    {
        var official = new Official();
        foreach (var (area, token) in tokens.Take(count))
        {
            official._walls.Add((area, await Wall.WatchAsync(url, token, area, time, (_, _) => { })));
        }

        return official;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (_, wall) in _walls)
        {
            await wall.DisposeAsync();
        }
    }
}
