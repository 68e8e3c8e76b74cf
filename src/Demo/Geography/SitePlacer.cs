namespace GridMesh.Demo.Geography;

/// <summary>
/// Places the middles of the grids: many samples where people live, pulled together by Lloyd's algorithm, so that cells
/// are round and small in the city, wide in the country.
/// </summary>
internal sealed class SitePlacer(Terrain terrain, Random random)
{
    private const int SamplesPerSite = 40;
    private const int Rounds = 6;

    /// <summary>The first <paramref name="inside"/> sites lie in the district, the others around it.</summary>
    public Spot[] Place(int inside)
    {
        List<Spot> within = [], around = [];
        while (within.Count < inside * SamplesPerSite)
        {
            var spot = new Spot(
                Between(Terrain.HalfWidth + Terrain.Margin), Between(Terrain.HalfHeight + Terrain.Margin));
            if (random.NextDouble() < terrain.Density(spot))
                (terrain.Contains(spot) ? within : around).Add(spot);
        }

        var outside = around.Count / SamplesPerSite;
        return [.. Gather(within, inside), .. Gather(around, outside)];
    }

    private double Between(double half) => ((random.NextDouble() * 2) - 1) * half;

    private static Spot[] Gather(List<Spot> samples, int count)
    {
        // Samples are in random order, so the first ones are a fair start.
        var sites = samples.Take(count).ToArray();
        var sums = new (double X, double Y, int Count)[count];
        for (var round = 0; round < Rounds; round++)
        {
            Array.Clear(sums);
            Array.Sort(sites, (a, b) => a.X.CompareTo(b.X));
            foreach (var sample in samples)
            {
                ref var sum = ref sums[Nearest(sites, sample)];
                sum = (sum.X + sample.X, sum.Y + sample.Y, sum.Count + 1);
            }

            for (var i = 0; i < count; i++)
            {
                sites[i] = sums[i].Count == 0
                    ? sites[i]
                    : new Spot(sums[i].X / sums[i].Count, sums[i].Y / sums[i].Count);
            }
        }

        return sites;
    }

    /// <summary>Looks to both sides of the sample's easting, and no farther than the best found so far.</summary>
    /// <param name="sites">In the order of their eastings.</param>
    private static int Nearest(Spot[] sites, Spot sample)
    {
        int low = 0, high = sites.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = sites[middle].X < sample.X ? (middle + 1, high) : (low, middle);
        }

        var (best, least) = (0, double.MaxValue);
        for (var i = low; i < sites.Length && Square(sites[i].X - sample.X) < least; i++)
            Try(i);

        for (var i = low - 1; i >= 0 && Square(sites[i].X - sample.X) < least; i--)
            Try(i);

        return best;

        void Try(int i)
        {
            var distance = sites[i].SquaredTo(sample);
            if (distance < least)
                (best, least) = (i, distance);
        }
    }

    private static double Square(double value) => value * value;
}
