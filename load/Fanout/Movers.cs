namespace GridMesh.Load.Fanout;

/// <summary>
/// Moves a worker of each watched grid at a fixed rate through the public door, so that each grid has something to say
/// so many times a second. The areas take turns within a period: frames do not all fall into one moment.
/// </summary>
internal sealed class Movers(
    MeshClient client, IReadOnlyList<(string Grid, string Viewer, string Worker, GeoPoint[] Places)> beats,
    string token, TimeProvider time)
{
    /// <summary>Requests a period: the areas are dealt out to so many.</summary>
    private const int SlicesMax = 20;

    /// <summary>Most requests unanswered at once; what is due beyond that is left out and counted.</summary>
    private const int InFlightMax = 1_000;
    private const int PlacesEach = 16;
    private int _failed;
    private int _inFlight;
    public IReadOnlyList<string> Areas { get; } = [.. beats.Select(beat => beat.Grid)];

    /// <summary>Of who may watch each area.</summary>
    public Dictionary<string, string> Tokens { get; } = beats.ToDictionary(beat => beat.Grid, beat => beat.Viewer);

    public int Failed => Volatile.Read(ref _failed);

    /// <summary>Chooses grids and brings a worker of each on duty.</summary>
    public static async Task<Movers> GatherAsync(
        MeshClient client, District district, int areas, int seed, TimeProvider time)
    {
        var random = new Random(seed);
        var token = await client.TokenAsync("admin", district.Code);
        var beats = new List<(string, string, string, GeoPoint[])>();
        foreach (var grid in district.Grids.OrderBy(_ => random.Next()))
        {
            if (beats.Count == areas)
                break;
            var places = Enumerable.Range(0, PlacesEach).Select(_ => grid.PlaceIn(random)).OfType<GeoPoint>().ToArray();
            var workers = (await client.GetAsync($"workers?area={grid.Code}&limit=1", token)).Expect("the workers")
                .GetProperty("items");
            if (workers.GetArrayLength() == 0 || places.Length == 0)
                continue;
            var worker = workers[0].GetProperty("id").GetString()!;
            await client.BeginShiftAsync(worker, token);
            beats.Add((grid.Code, await client.TokenAsync("viewer", grid.Code), worker, places));
        }

        return beats.Count == areas
            ? new Movers(client, beats, token, time)
            : throw new InvalidOperationException(
                $"{district.Code} has {beats.Count} grids with workers; {areas} are wanted");
    }

    /// <summary>
    /// Moves the worker of each area at this rate until it is cancelled. A tick that is late is made up for: the
    /// product is asked for what was said.
    /// </summary>
    public async Task RunAsync(double rate, CancellationToken cancellation)
    {
        var slices = Math.Min(SlicesMax, beats.Count);
        var (began, moving) = (time.GetTimestamp(), new List<Task>());
        for (var tick = 0; !cancellation.IsCancellationRequested; tick++)
        {
            if (TimeSpan.FromSeconds(tick / (rate * slices)) - time.GetElapsedTime(began) is var early
                && early > TimeSpan.Zero)
                await Task.Delay(early, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            moving.RemoveAll(move => move.IsCompleted);
            moving.Add(MoveAsync(tick, slices));
        }

        await Task.WhenAll(moving);
    }

    private async Task MoveAsync(int tick, int slices)
    {
        try
        {
            if (Interlocked.Increment(ref _inFlight) > InFlightMax)
                throw new TaskCanceledException("too many are unanswered");
            var at = time.GetUtcNow();
            var positions = beats.Where((_, i) => i % slices == tick % slices)
                .Select(beat => (beat.Worker, Place: beat.Places[tick % beat.Places.Length]))
                .Select(move => new { worker = move.Worker, lng = move.Place.Lng, lat = move.Place.Lat, at }).ToArray();
            var answer = await client.PostAsync("positions", token, positions);
            if (!answer.IsSuccess || answer.Body.GetProperty("rejected").GetArrayLength() > 0)
                Interlocked.Increment(ref _failed);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            Interlocked.Increment(ref _failed);
        }
        finally
        {
            Interlocked.Decrement(ref _inFlight);
        }
    }
}
