namespace GridMesh.Load.Seeding;

/// <summary>Draws from things that are not equally likely.</summary>
internal sealed class Odds<T>(IReadOnlyList<T> things, Func<T, double> weight)
{
    private readonly double[] _until = SumsOf(things.Select(weight));

    public T Draw(Random random) => things[Draw(_until, random.NextDouble(), out _)];

    /// <summary>How the weights add up, from the first on.</summary>
    public static double[] SumsOf(IEnumerable<double> weights)
    {
        var sum = 0.0;
        return [.. weights.Select(weight => sum += weight)];
    }

    /// <param name="drawn">From 0 to 1.</param>
    /// <param name="within">How far into the stretch of the one that was drawn, below 1.</param>
    public static int Draw(double[] until, double drawn, out double within)
    {
        var at = drawn * until[^1];
        var found = Array.BinarySearch(until, at);
        var index = Math.Min(found < 0 ? ~found : found, until.Length - 1);
        var began = index == 0 ? 0 : until[index - 1];
        within = Math.Min((at - began) / (until[index] - began), 0.999_999);
        return index;
    }
}
