namespace GridMesh.Demo.Geography;

/// <summary>
/// Gathers cells into connected regions of wanted sizes: a power diagram whose weights move until the sizes are about
/// right, then stray cells go to a neighbour.
/// </summary>
internal sealed class Regions(Spot[] sites, CellMesh mesh)
{
    private const int Rounds = 40;
    private const double WeightStep = 0.35;

    /// <summary>The region of each member, or null when a region came out empty.</summary>
    /// <param name="members">The cells to share out.</param>
    /// <param name="centres">Where the regions lie.</param>
    /// <param name="shares">How large they should be, in relation to each other.</param>
    /// <param name="drift">True: the centres move to the middle of what they have.</param>
    public Dictionary<int, int>? Share(IReadOnlyList<int> members, Spot[] centres, double[] shares, bool drift)
    {
        centres = [.. centres];
        var weights = new double[centres.Length];
        var region = new int[members.Count];
        var scale = members.Average(cell => centres.Min(centre => centre.SquaredTo(sites[cell])));
        for (var round = 0; round < Rounds; round++)
        {
            Assign(members, centres, weights, region);
            Balance(region, shares, weights, scale * WeightStep);
            if (drift && round < Rounds / 2)
                Drift(members, region, centres);
        }

        var result = new Dictionary<int, int>(members.Count);
        for (var i = 0; i < region.Length; i++)
            result[members[i]] = region[i];

        Mend(result, centres.Length);
        return result.Values.Distinct().Count() == centres.Length ? result : null;
    }

    /// <summary>Starting centres that keep their distance: each next one far from those chosen before.</summary>
    public Spot[] Spread(IReadOnlyList<int> members, int count, Random random)
    {
        var chosen = new List<Spot> { sites[members[random.Next(members.Count)]] };
        while (chosen.Count < count)
        {
            // Mixing squared distance with the number of cells around keeps dense quarters from getting too few
            // centres.
            var odds = members.Select(cell => Math.Pow(chosen.Min(spot => spot.SquaredTo(sites[cell])), 0.6)).ToArray();
            var drawn = random.NextDouble() * odds.Sum();
            var index = 0;
            while (index < odds.Length - 1 && (drawn -= odds[index]) > 0)
                index++;

            chosen.Add(sites[members[index]]);
        }

        return [.. chosen];
    }

    private void Assign(IReadOnlyList<int> members, Spot[] centres, double[] weights, int[] region)
    {
        for (var i = 0; i < region.Length; i++)
        {
            var (best, least) = (0, double.MaxValue);
            for (var g = 0; g < centres.Length; g++)
            {
                var power = centres[g].SquaredTo(sites[members[i]]) - weights[g];
                if (power < least)
                    (best, least) = (g, power);
            }

            region[i] = best;
        }
    }

    private static void Balance(int[] region, double[] shares, double[] weights, double step)
    {
        var perShare = region.Length / shares.Sum();
        var counts = new int[shares.Length];
        foreach (var g in region)
            counts[g]++;

        for (var g = 0; g < shares.Length; g++)
        {
            var target = shares[g] * perShare;
            weights[g] += step * Math.Clamp((target - counts[g]) / target, -1, 1);
        }
    }

    private void Drift(IReadOnlyList<int> members, int[] region, Spot[] centres)
    {
        var sums = new (double X, double Y, int Count)[centres.Length];
        for (var i = 0; i < region.Length; i++)
        {
            ref var sum = ref sums[region[i]];
            sum = (sum.X + sites[members[i]].X, sum.Y + sites[members[i]].Y, sum.Count + 1);
        }

        for (var g = 0; g < centres.Length; g++)
        {
            centres[g] = sums[g].Count == 0
                ? centres[g]
                : new Spot(sums[g].X / sums[g].Count, sums[g].Y / sums[g].Count);
        }
    }

    /// <summary>
    /// Only the largest connected piece of a region stays; the cells of the others join the smallest neighbour.
    /// </summary>
    private void Mend(Dictionary<int, int> region, int count)
    {
        var loose = new List<int>();
        for (var g = 0; g < count; g++)
        {
            var pieces = Pieces(region, g);
            loose.AddRange(pieces.OrderByDescending(piece => piece.Count).Skip(1).SelectMany(piece => piece));
        }

        var sizes = region.Values.GroupBy(g => g).ToDictionary(rows => rows.Key, rows => rows.Count());
        var free = new HashSet<int>(loose);
        for (var left = loose.Count; free.Count > 0 && left > 0; left--)
        {
            foreach (var cell in loose.Where(free.Contains).ToArray())
            {
                var homes = mesh.Neighbours[cell].Where(n => region.ContainsKey(n) && !free.Contains(n)).ToArray();
                if (homes.Length > 0)
                {
                    region[cell] = homes.Select(n => region[n]).MinBy(g => sizes[g]);
                    sizes[region[cell]]++;
                    free.Remove(cell);
                }
            }
        }
    }

    private List<List<int>> Pieces(Dictionary<int, int> region, int wanted)
    {
        var pieces = new List<List<int>>();
        var seen = new HashSet<int>();
        foreach (var start in region.Where(entry => entry.Value == wanted).Select(entry => entry.Key))
        {
            if (!seen.Add(start))
                continue;

            var piece = new List<int> { start };
            for (var i = 0; i < piece.Count; i++)
            {
                piece.AddRange(mesh.Neighbours[piece[i]].Where(n =>
                    region.TryGetValue(n, out var g) && g == wanted && seen.Add(n)));
            }

            pieces.Add(piece);
        }

        return pieces;
    }
}
