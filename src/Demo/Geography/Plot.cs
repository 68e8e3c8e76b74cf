namespace GridMesh.Demo.Geography;

/// <summary>Closed rings on the plane that answer what lies inside: within an odd number of them.</summary>
internal sealed class Plot
{
    /// <summary>A ring that hardly has an inside is no plot; the middle is taken after this many misses.</summary>
    private const int TriesMax = 200;

    private readonly Spot[][] _rings;
    private readonly double _west, _east, _south, _north;

    /// <param name="rings">The outer ring first; then those of exclaves, and of holes.</param>
    public Plot(params Spot[][] rings)
    {
        _rings = rings;
        var spots = rings.SelectMany(ring => ring).ToArray();
        (_west, _east) = (spots.Min(spot => spot.X), spots.Max(spot => spot.X));
        (_south, _north) = (spots.Min(spot => spot.Y), spots.Max(spot => spot.Y));
        Area = Math.Abs(Outline.SignedArea(rings[0]));
    }

    public IReadOnlyList<Spot> Ring => _rings[0];

    /// <summary>Square metres within the first ring.</summary>
    public double Area { get; }

    /// <summary>The middle of the box around it.</summary>
    public Spot BoxMiddle => new((_west + _east) / 2, (_south + _north) / 2);

    public double Width => _east - _west;

    public bool Contains(Spot spot)
    {
        if (spot.X <= _west || spot.X >= _east || spot.Y <= _south || spot.Y >= _north)
            return false;

        var inside = false;
        foreach (var ring in _rings)
        {
            for (var i = 1; i < ring.Length; i++)
            {
                var (a, b) = (ring[i - 1], ring[i]);
                if ((a.Y > spot.Y) != (b.Y > spot.Y) && spot.X < a.X + ((b.X - a.X) * (spot.Y - a.Y) / (b.Y - a.Y)))
                    inside = !inside;
            }
        }

        return inside;
    }

    /// <summary>Some place inside, snapped to what a position can say.</summary>
    public Spot Any(Random random, Plane plane)
    {
        for (var i = 0; i < TriesMax; i++)
        {
            var spot = plane.Snap(new Spot(
                _west + (random.NextDouble() * (_east - _west)), _south + (random.NextDouble() * (_north - _south))));
            if (Contains(spot))
                return spot;
        }

        throw new InvalidOperationException("a grid has next to no area");
    }
}
