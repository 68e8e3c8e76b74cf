namespace GridMesh.Demo.People;

/// <summary>Shares whole things out by weight, by largest remainder: the sum is exact.</summary>
internal static class Apportionment
{
    /// <param name="least">What each gets before the rest is shared.</param>
    public static int[] Split(int total, IReadOnlyList<double> weights, int least)
    {
        var rest = total - (least * weights.Count);
        var sum = weights.Sum();
        var exact = weights.Select(weight => rest * weight / sum).ToArray();
        var parts = exact.Select(share => (int)share).ToArray();
        var missing = rest - parts.Sum();
        foreach (var i in Enumerable.Range(0, parts.Length).OrderByDescending(i => exact[i] - parts[i]).Take(missing))
            parts[i]++;

        return [.. parts.Select(part => part + least)];
    }
}
