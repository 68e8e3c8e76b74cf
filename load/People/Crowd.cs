using GridMesh.Load.Clients.Lanes;

namespace GridMesh.Load.People;

/// <summary>Everybody of the districts who is on duty, in an order that jumps all over the map.</summary>
internal sealed class Crowd
{
    /// <summary>Requests under way at once while all sign in.</summary>
    private const int AtOnce = 256;

    /// <summary>Walkers that are asked for one that is free.</summary>
    private const int TriesMax = 8;

    private readonly Walker[] _walkers;

    private Crowd(Walker[] walkers) => _walkers = walkers;

    public int Count => _walkers.Length;

    /// <param name="number">Counts up with every position that is sent, from 0.</param>
    public Walker At(long number) => _walkers[number % _walkers.Length];

    /// <summary>The next one from a number on whose last position is not on its way, one step on.</summary>
    /// <returns>Null where one after the other is still sending.</returns>
    public (Walker Walker, ReadOnlyMemory<byte> Request)? Step(long number, DateTimeOffset now, Random random)
    {
        for (var i = 0; i < TriesMax; i++)
        {
            var walker = At(number + (i * _walkers.Length / TriesMax));
            if (walker.Step(now, random) is { } request)
            {
                return (walker, request);
            }
        }

        return null;
    }

    public IReadOnlyDictionary<string, Walker> ById() => _walkers.ToDictionary(walker => walker.Id);

    /// <summary>Signs everybody in and puts them on duty.</summary>
    /// <exception cref="InvalidOperationException">Somebody is refused.</exception>
    public static async Task<Crowd> GatherAsync(
        IReadOnlyList<Person> people, LanePool lanes, int seed, TimeProvider time, Action<string> say,
        CancellationToken cancellation)
    {
        var shuffled = people.ToArray();
        new Random(seed).Shuffle(shuffled);
        var walkers = new Walker[shuffled.Length];
        var done = 0;
        await Parallel.ForEachAsync(
            Enumerable.Range(0, shuffled.Length),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation },
            async (i, stop) =>
            {
                var person = shuffled[i];
                var token = await Tokens.GetAsync(lanes, "worker", person.Grid, person.Id, stop);
                walkers[i] = new Walker(person.Id, lanes.Host, token, person.At.Lng, person.At.Lat, time.GetUtcNow());
                await StartShiftAsync(walkers[i], lanes, stop);
                if (Interlocked.Increment(ref done) % 20_000 == 0)
                {
                    say($"{done} of {shuffled.Length} are on duty");
                }
            });
        return new Crowd(walkers);
    }

    private static async Task StartShiftAsync(Walker walker, LanePool lanes, CancellationToken cancellation)
    {
        var status = await lanes.SendAsync(
            RawRequest.Post($"/api/v1/workers/{walker.Id}/shift", lanes.Host, walker.Token, "{\"onDuty\":true}"u8), cancellation);
        if (status != 200)
        {
            throw new InvalidOperationException($"{walker.Id} could not begin the shift ({status})");
        }
    }
}
