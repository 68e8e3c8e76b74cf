namespace GridMesh.Load.Patrols;

/// <summary>Where a round has to come by.</summary>
/// <param name="When">At which share of the time, as everybody walks at one pace.</param>
internal sealed record RoundPoint(string Id, GeoPoint At, bool ByCode, bool IsMissed, string Worker, double When);

/// <summary>
/// A plan before it is made: a grid, who walks in it, and its places in the order in which they are walked.
/// </summary>
/// <param name="Elsewhere">A place that belongs to none of the checkpoints.</param>
internal sealed record RoundPlan(string Grid, GeoPoint Elsewhere, IReadOnlyList<RoundPoint> Points)
{
    /// <summary>Of a geofence, in metres.</summary>
    public const int Radius = 15;

    /// <summary>No position is within two geofences, nor does a code count from another checkpoint.</summary>
    private const double ApartMin = 100;

    /// <summary>
    /// Metres a second: far below what a position may be away from the one before, as nobody arrives to the second.
    /// </summary>
    private const double PaceMax = 20;
    private const int TriesMax = 200;

    public IEnumerable<string> Workers => Points.Select(point => point.Worker).Distinct();

    /// <summary>The plans of a district: the same seed gives the same places and the same misses.</summary>
    public static IReadOnlyList<RoundPlan> Of(DirectoryData data, PatrolOptions options)
    {
        var random = new Random(options.Seed);
        var workers = data.Workers.Where(worker => worker.Kind == WorkerKind.Worker)
            .ToLookup(worker => worker.Grid, worker => worker.Id);
        return
        [
            .. data.Areas.Where(area => area.Code.Tier == Tier.Grid && workers.Contains(area.Code))
                .Select(area => Of(area, [.. workers[area.Code]], options, random)).OfType<RoundPlan>()
                    .Take(options.Plans),
        ];
    }

    /// <summary>Null where a grid has no room for two places.</summary>
    private static RoundPlan? Of(AreaEntry area, string[] workers, PatrolOptions options, Random random)
    {
        var grid = GridArea.Of(area);
        var places = new List<GeoPoint>();
        for (var tries = 0; tries < TriesMax && places.Count <= options.Checkpoints; tries++)
        {
            if (grid.PlaceIn(random) is { } at && places.TrueForAll(other => other.MetresTo(at) >= ApartMin))
                places.Add(at);
        }

        if (places.Count < 2)
            return null;

        RoundPoint[] points =
        [
            .. places.Skip(1).Select((at, i) => new RoundPoint(
                $"c{i + 1}", at, random.Next(100) < options.Codes, random.Next(100) < options.Missed, "", 0)),
        ];
        return new RoundPlan(grid.Code, places[0], Share(Nearest(points, places[0]), workers, options.Duration));
    }

    private static List<(RoundPoint Point, double Leg)> Nearest(IEnumerable<RoundPoint> points, GeoPoint from)
    {
        var (left, tour) = (points.ToList(), new List<(RoundPoint, double)>());
        while (left.MinBy(point => point.At.MetresTo(from)) is { } next)
        {
            tour.Add((next, next.At.MetresTo(from)));
            left.Remove(next);
            from = next.At;
        }

        return tour;
    }

    /// <summary>
    /// As many walk as are needed for nobody to hurry, each one stretch of the tour in the whole time.
    /// </summary>
    private static RoundPoint[] Share(
        IReadOnlyList<(RoundPoint Point, double Leg)> tour, string[] workers, TimeSpan duration)
    {
        var length = tour.Sum(leg => leg.Leg);
        var walkers = Math.Clamp((int)Math.Ceiling(length / (PaceMax * duration.TotalSeconds)), 1, workers.Length);
        var (walked, points) = (0.0, new RoundPoint[tour.Count]);
        for (var i = 0; i < points.Length; i++)
        {
            walked += tour[i].Leg;
            var stretch = Math.Min(walked / length * walkers, walkers - 1e-9);
            points[i] = tour[i].Point with { Worker = workers[(int)stretch], When = stretch - (int)stretch };
        }

        return points;
    }
}
