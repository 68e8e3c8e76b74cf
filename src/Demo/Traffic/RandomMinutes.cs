namespace GridMesh.Demo.Traffic;

internal static class RandomMinutes
{
    /// <summary>So many minutes, evenly between the two.</summary>
    public static TimeSpan Minutes(this Random random, double least, double most) =>
        TimeSpan.FromMinutes(least + ((most - least) * random.NextDouble()));
}
