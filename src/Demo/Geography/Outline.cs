namespace GridMesh.Demo.Geography;

/// <summary>Joins the borders around a set of cells into its ring.</summary>
internal static class Outline
{
    /// <summary>
    /// A ring of each group of cells, counterclockwise as RFC 7946 asks, the first point again at its end. Null when
    /// some group has a hole or lies in pieces.
    /// </summary>
    /// <param name="groupOf">The group of a cell, -1 for none.</param>
    public static Spot[][]? Trace(CellMesh mesh, int groups, Func<int, int> groupOf)
    {
        var around = Enumerable.Range(0, groups).Select(_ => new List<Border>()).ToArray();
        foreach (var border in mesh.Borders)
        {
            var (one, other) = (groupOf(border.One), groupOf(border.Other));
            if (one == other)
                continue;

            if (one >= 0)
                around[one].Add(border);

            if (other >= 0)
                around[other].Add(border);
        }

        var rings = new Spot[groups][];
        for (var g = 0; g < groups; g++)
        {
            if (Ring(around[g]) is not { } ring)
                return null;

            rings[g] = ring;
        }

        return rings;
    }

    private static Spot[]? Ring(List<Border> borders)
    {
        var at = new Dictionary<int, List<Border>>();
        foreach (var border in borders)
        {
            Add(border.From, border);
            Add(border.To, border);
        }

        if (borders.Count < 2 || at.Values.Any(meeting => meeting.Count != 2))
            return null;

        var ring = new List<Spot> { borders[0].Points[0] };
        var (current, corner, used) = (borders[0], borders[0].From, 0);
        do
        {
            var forward = current.From == corner;
            var points = forward ? current.Points : [.. current.Points.Reverse()];
            // Two corners can round to one place; a ring names a place once.
            ring.AddRange(points.Skip(1).Where(point => point != ring[^1]));
            corner = forward ? current.To : current.From;
            current = at[corner].Find(border => border != current)!;
            used++;
        }
        while (current != borders[0]);
        if (used != borders.Count)
            return null;

        if (SignedArea(ring) < 0)
            ring.Reverse();

        return [.. ring];

        void Add(int corner, Border border)
        {
            if (!at.TryGetValue(corner, out var meeting))
                at[corner] = meeting = [];

            meeting.Add(border);
        }
    }

    /// <summary>Square metres, positive when counterclockwise.</summary>
    public static double SignedArea(IReadOnlyList<Spot> ring)
    {
        var twice = 0.0;
        for (var i = 1; i < ring.Count; i++)
            twice += (ring[i - 1].X * ring[i].Y) - (ring[i].X * ring[i - 1].Y);

        return twice / 2;
    }
}
