namespace GridMesh.Load.Fanout;

/// <summary>Moves a worker of each grid at a fixed rate; the grids take turns within a period.</summary>
internal sealed class Movers(
    MeshClient client, IReadOnlyList<(string Grid, string Viewer, string Worker, GeoPoint[] Places)> beats,
    string token, TimeProvider time)
{
    /// <summary>Requests a period: the areas are dealt out to so many.</summary>
    private const int SlicesMax = 20;

    private const int PlacesEach = 16;
    private static readonly TimeSpan s_most = TimeSpan.FromDays(1);
    public IReadOnlyList<string> Areas { get; } = [.. beats.Select(beat => beat.Grid)];

    /// <summary>Of who may watch each area.</summary>
    public Dictionary<string, string> Tokens { get; } = beats.ToDictionary(beat => beat.Grid, beat => beat.Viewer);

    public long Failed { get; private set; }

    /// <param name="people">Of them those who walk are chosen, one in each of so many grids.</param>
    public static async Task<Movers> GatherAsync(
        MeshClient client, Crew people, int areas, int seed, TimeProvider time)
    {
        var random = new Random(seed);
        var grids = people.District.Grids.ToDictionary(grid => grid.Code);
        var beats = new List<(string, string, string, GeoPoint[])>();
        foreach (var member in people.Members.DistinctBy(member => member.Grid).OrderBy(_ => random.Next()).Take(areas))
        {
            var grid = grids[member.Grid];
            GeoPoint[] places =
                [.. Enumerable.Range(0, PlacesEach).Select(_ => grid.PlaceIn(random) ?? grid.Middle)];
            await client.BeginShiftAsync(member.Worker, member.Token);
            beats.Add((grid.Code, await client.TokenAsync("viewer", grid.Code), member.Worker, places));
        }

        return beats.Count == areas
            ? new Movers(client, beats, await client.TokenAsync("admin", people.District.Code), time)
            : throw new InvalidOperationException($"{beats.Count} grids have workers; {areas} are wanted");
    }

    /// <summary>At this rate until it is cancelled; a tick that is late is made up for.</summary>
    public async Task RunAsync(double rate, CancellationToken cancellation)
    {
        var slices = Math.Min(SlicesMax, beats.Count);
        var moves = new Scenario("moves", iteration => MoveAsync(iteration.Number, slices))
            { Load = [Stretch.Open(rate * slices, s_most)] };
        using var run = new ScenarioRun(moves, null, MeshClient.Patience, time);
        await using (cancellation.Register(run.Stop))
            await run.RunAsync();
        Failed += run.Total().All.Failed;
    }

    private async Task<Response> MoveAsync(long tick, int slices)
    {
        var at = time.GetUtcNow();
        var positions = beats.Where((_, i) => i % slices == tick % slices)
            .Select(beat => (beat.Worker, Place: beat.Places[tick % beat.Places.Length]))
            .Select(move => new { worker = move.Worker, lng = move.Place.Lng, lat = move.Place.Lat, at }).ToArray();
        var answer = await client.PostAsync("positions", token, positions);
        return answer.IsSuccess && answer.Body.GetProperty("rejected").GetArrayLength() > 0
            ? Response.Fail("rejected") : Response.Of(answer);
    }
}
