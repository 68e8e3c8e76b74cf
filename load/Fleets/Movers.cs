using GridMesh.Load.Clients;

namespace GridMesh.Load.Fleets;

/// <summary>A worker of an area who is moved, and the places in turn.</summary>
internal sealed record Beat(string Code, string Worker, IReadOnlyList<Place> Places);

/// <summary>
/// Moves a worker of each watched grid at a fixed rate through the public door, so that each grid has something to say so
/// many times a second. The areas take turns within a period: frames do not all fall into one moment.
/// </summary>
internal sealed class Movers(MeshClient client, IReadOnlyList<Beat> beats, string token, int seed, TimeProvider time)
{
    /// <summary>Requests a period: the areas are dealt out to so many.</summary>
    private const int SlicesMax = 20;

    /// <summary>Most requests unanswered at once; what is due beyond that is left out and counted.</summary>
    private const int InFlightMax = 100;

    private const int PlacesEach = 16;

    private int _inFlight;
    private int _failed;

    public IReadOnlyList<string> Areas { get; } = [.. beats.Select(beat => beat.Code)];

    /// <summary>Requests that were refused, not answered or left out.</summary>
    public int Failed => Volatile.Read(ref _failed);

    /// <summary>Chooses grids and brings a worker of each on duty.</summary>
    /// <exception cref="InvalidOperationException">The district has too few grids with workers.</exception>
    public static async Task<Movers> GatherAsync(
        MeshClient client, District district, int areas, int seed, TimeProvider time)
    {
        var random = new Random(seed);
        var token = await client.TokenAsync("admin", district.Code);
        var beats = new List<Beat>();
        foreach (var grid in district.Grids.OrderBy(_ => random.Next()))
        {
            if (beats.Count == areas)
            {
                break;
            }

            var places = Enumerable.Range(0, PlacesEach).Select(_ => grid.PlaceIn(random)).OfType<Place>().ToArray();
            var workers = (await client.GetAsync($"workers?area={grid.Code}&limit=1", token)).Expect("the workers").GetProperty("items");
            if (workers.GetArrayLength() > 0 && places.Length > 0)
            {
                var worker = workers[0].GetProperty("id").GetString()!;
                (await client.PostAsync($"workers/{worker}/shift", token, new { onDuty = true }, Guid.NewGuid().ToString("N")))
                    .Expect($"a shift of {worker}");
                beats.Add(new Beat(grid.Code, worker, places));
            }
        }

        return beats.Count == areas
            ? new Movers(client, beats, token, seed, time)
            : throw new InvalidOperationException($"{district.Code} has {beats.Count} grids with workers; {areas} are wanted");
    }

    /// <summary>Moves the worker of each area at this rate until it is cancelled.</summary>
    public async Task RunAsync(double rate, CancellationToken cancellation)
    {
        var slices = Math.Min(SlicesMax, beats.Count);
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1 / (rate * slices)), time);
        var running = new List<Task>();
        try
        {
            for (var tick = seed; await timer.WaitForNextTickAsync(cancellation); tick++)
            {
                running.RemoveAll(task => task.IsCompleted);
                if (Interlocked.Increment(ref _inFlight) > InFlightMax)
                {
                    Interlocked.Decrement(ref _inFlight);
                    Interlocked.Increment(ref _failed);
                    continue;
                }

                running.Add(MoveAsync(tick % slices, slices, tick));
            }
        }
        catch (OperationCanceledException)
        {
            // Enough moved.
        }

        await Task.WhenAll(running);
    }

    private async Task MoveAsync(int slice, int slices, int tick)
    {
        try
        {
            var at = time.GetUtcNow();
            var positions = beats.Where((_, i) => i % slices == slice).Select(beat =>
            {
                var place = beat.Places[tick % beat.Places.Count];
                return new { worker = beat.Worker, lng = place.Lng, lat = place.Lat, at };
            }).ToArray();
            var answer = await client.PostAsync("positions", token, positions, Guid.NewGuid().ToString("N"));
            if (!answer.IsSuccess || answer.Body.GetProperty("rejected").GetArrayLength() > 0)
            {
                Interlocked.Increment(ref _failed);
            }
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
