namespace GridMesh.Load.People;

/// <summary>Everybody of the districts who is on duty, in an order that jumps all over the map.</summary>
internal sealed class Crowd
{
    private const int AtOnce = 256;

    /// <summary>Walkers that are asked for one that is free.</summary>
    private const int TriesMax = 8;
    private readonly Walker[] _walkers;

    private Crowd(Walker[] walkers) => _walkers = walkers;

    public int Count => _walkers.Length;

    /// <summary>The next one from a number on whose last position is not on its way, one step on.</summary>
    /// <param name="tries">Walkers that are asked: 1, or all over the crowd.</param>
    /// <returns>Null where one after the other is still sending.</returns>
    public (Walker Walker, ReadOnlyMemory<byte> Request)? Step(
        long number, DateTimeOffset now, Random random, int tries = TriesMax)
    {
        for (var i = 0; i < tries; i++)
        {
            var walker = _walkers[(number + (i * _walkers.Length / TriesMax)) % _walkers.Length];
            if (walker.Step(now, random) is { } request)
                return (walker, request);
        }

        return null;
    }

    public static async Task<Crowd> GatherAsync(
        IReadOnlyList<PeopleDistrict> districts, MeshClient client, int seed, CancellationToken cancellation)
    {
        var people = districts.SelectMany(district => district.Walkers).ToArray();
        new Random(seed).Shuffle(people);
        var walkers = new Walker[people.Length];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, people.Length),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation },
            async (i, stop) =>
            {
                var (id, grid) = (people[i].Id, people[i].Grid);
                var token = await client.TokenAsync("worker", grid, id, stop);
                walkers[i] = new Walker(people[i], client.Url, token);
                await client.BeginShiftAsync(id, token, stop);
            });
        return new Crowd(walkers);
    }
}
