namespace GridMesh.Demo.Geography;

/// <summary>
/// Makes a straight border look grown. It stays inside the two triangles that the border makes with the sites on its
/// sides; those of different borders do not overlap, so no two borders can ever cross.
/// </summary>
internal sealed class BorderNoise(Random random, Plane plane)
{
    /// <summary>Shorter borders stay straight, metres.</summary>
    private const double StraightBelow = 60;

    /// <summary>Steps of a border are about this long, metres; at most 2^<see cref="DepthMax"/> of them.</summary>
    private const double StepLength = 130;

    private const int DepthMax = 4;

    /// <summary>How steeply a border may leave its straight line.</summary>
    private const double SlopeMax = 0.42;

    /// <summary>Share of the way to the triangle's side that may be used.</summary>
    private const double Reserve = 0.7;

    /// <summary>From corner to corner between two sites, both corners included.</summary>
    public Spot[] Draw(Spot from, Spot to, Spot one, Spot other)
    {
        var length = Math.Sqrt(from.SquaredTo(to));
        if (length < StraightBelow)
            return [from, to];

        double dx = (to.X - from.X) / length, dy = (to.Y - from.Y) / length;
        var height = Math.Sqrt(one.SquaredTo(other)) / 2;
        var along = ((one.X - from.X) * dx) + ((one.Y - from.Y) * dy);
        double slopeFrom = Slope(height, along), slopeTo = Slope(height, length - along);
        var depth = Math.Clamp((int)Math.Round(Math.Log2(length / StepLength)), 1, DepthMax);
        var noise = Fractal(depth);
        var points = new Spot[noise.Length];
        (points[0], points[^1]) = (from, to);
        for (var i = 1; i < noise.Length - 1; i++)
        {
            var x = length * i / (noise.Length - 1);
            var y = noise[i] * Math.Min(slopeFrom * x, slopeTo * (length - x));
            points[i] = plane.Snap(new Spot(from.X + (dx * x) - (dy * y), from.Y + (dy * x) + (dx * y)));
        }

        return points;
    }

    private static double Slope(double height, double along) =>
        along <= 0 ? SlopeMax : Math.Min(SlopeMax, Reserve * height / along);

    /// <summary>Midpoint displacement: 2^depth + 1 values between -1 and 1.</summary>
    private double[] Fractal(int depth)
    {
        var count = 1 << depth;
        var values = new double[count + 1];
        var swing = 1.0;
        for (var step = count; step > 1; step /= 2, swing *= 0.6)
        {
            for (var i = step / 2; i < count; i += step)
            {
                var middle = (values[i - (step / 2)] + values[i + (step / 2)]) / 2;
                values[i] = Math.Clamp(middle + (swing * ((random.NextDouble() * 2) - 1)), -1, 1);
            }
        }

        return values;
    }
}
