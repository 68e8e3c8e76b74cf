namespace GridMesh.Demo.Geography;

/// <summary>
/// The lie of the land: a river along the north, the city on its southern bank, villages and four market towns in the
/// south. Drawn from the seed; metres around the middle of the district.
/// </summary>
internal sealed class Terrain
{
    /// <summary>Half the width and height of the box that the district lies in.</summary>
    public const double HalfWidth = 12_600;

    public const double HalfHeight = 16_400;

    /// <summary>
    /// How far the drawn land goes beyond that box: the neighbours, whose cells make the district's border.
    /// </summary>
    public const double Margin = 3_500;

    private const double RiverY = 12_300;

    private readonly double[] _phases;

    public Terrain(Random random) => _phases = [.. Enumerable.Range(0, 8).Select(_ => random.NextDouble() * Math.Tau)];

    /// <summary>Where the market towns lie.</summary>
    public static IReadOnlyList<Spot> MarketTowns { get; } =
        [new(-4_600, -4_200), new(-1_800, -11_600), new(6_600, -3_000), new(-9_200, 3_600)];

    /// <summary>The river's southern bank at an easting: it meanders.</summary>
    public double Bank(double x) =>
        RiverY + (1_500 * Math.Sin((x / 4_100) + _phases[0])) + (520 * Math.Sin((x / 1_500) + _phases[1]));

    /// <summary>True inside the district.</summary>
    public bool Contains(Spot spot)
    {
        var angle = Math.Atan2(spot.Y / HalfHeight, spot.X / HalfWidth);
        var reach = 0.86 + (0.06 * Math.Sin((3 * angle) + _phases[2])) + (0.05 * Math.Sin((5 * angle) + _phases[3]))
            + (0.03 * Math.Sin((11 * angle) + _phases[4]));
        var (x, y) = (spot.X / HalfWidth, spot.Y / HalfHeight);
        return Math.Sqrt((x * x) + (y * y)) < reach && spot.Y < Bank(spot.X);
    }

    /// <summary>How densely people live, 0-1: the city by the river, the market towns, the country.</summary>
    public double Density(Spot spot)
    {
        var fromBank = (spot.Y - Bank(spot.X)) / 4_200;
        var fromCentre = (spot.X - 600) / 7_500;
        var city = Math.Exp(-(fromBank * fromBank) - (fromCentre * fromCentre));
        var towns = MarketTowns.Max(town => Math.Exp(-town.SquaredTo(spot) / (1_300.0 * 1_300.0)));
        return Math.Min(1, 0.018 + (0.9 * city) + (0.3 * towns));
    }
}
