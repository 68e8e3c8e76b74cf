namespace GridMesh.Load.Patrols;

internal sealed record RoundPoint(string Id, GeoPoint At, bool ByCode, bool IsMissed, string Worker, double When);

/// <summary>A plan before it is made: a grid and its places in the order in which they are walked.</summary>
/// <param name="Elsewhere">A place that belongs to none of the checkpoints.</param>
internal sealed record RoundPlan(string Grid, GeoPoint Elsewhere, IReadOnlyList<RoundPoint> Points)
{
    /// <summary>Of a geofence, in metres.</summary>
    public const int Radius = 15;

    /// <summary>No position is within two geofences, nor does a code count from another checkpoint.</summary>
    private const double ApartMin = 100;

    /// <summary>Nobody has to hurry: the product believes no position that is too far from the one before.</summary>
    private const int PointsEach = 3;
    private const int TriesMax = 200;

    /// <summary>A small grid has fewer.</summary>
    private const int CheckpointCount = 10;

    /// <summary>Of checkpoints that nobody comes to, and of those that are scanned.</summary>
    private const int MissedPercent = 10, CodesPercent = 20;

    public IEnumerable<string> Workers => Points.Select(point => point.Worker).Distinct();

    /// <summary>The plans of a district: the same seed gives the same places and the same misses.</summary>
    public static IReadOnlyList<RoundPlan> Of(DirectoryData data, int seed, int plans)
    {
        var random = new Random(seed);
        var workers = data.Workers.Where(worker => worker.Kind == WorkerKind.Worker)
            .ToLookup(worker => worker.Grid, worker => worker.Id);
        return
        [
            .. data.Areas.Where(area => area.Code.Tier == Tier.Grid && workers.Contains(area.Code))
                .Select(area => Of(area, [.. workers[area.Code]], random)).OfType<RoundPlan>()
                    .Take(plans),
        ];
    }

    /// <summary>Null where a grid has no room for two places.</summary>
    private static RoundPlan? Of(AreaEntry area, string[] workers, Random random)
    {
        var grid = GridArea.Of(area);
        var places = new List<GeoPoint>();
        for (var tries = 0; tries < TriesMax && places.Count <= CheckpointCount; tries++)
        {
            if (grid.PlaceIn(random) is { } at && places.TrueForAll(other => other.MetresTo(at) >= ApartMin))
                places.Add(at);
        }

        if (places.Count < 2)
            return null;

        var walkers = Math.Clamp((places.Count - 1) / PointsEach, 1, workers.Length);
        return new RoundPlan(grid.Code, places[0],
        [
            .. places.Skip(1).Select((at, i) => new RoundPoint(
                $"c{i + 1}", at, random.Next(100) < CodesPercent, random.Next(100) < MissedPercent,
                workers[i % walkers], (double)i / places.Count)),
        ]);
    }
}
