using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Buildings;
using GridMesh.Contracts.Directory;
using GridMesh.Load.Clients;

namespace GridMesh.Load.Patrols;

/// <summary>Where a round has to come by.</summary>
/// <param name="ByCode">Scanned, and not walked into.</param>
/// <param name="IsMissed">Nobody comes.</param>
internal sealed record RoundPoint(string Id, GeoPoint At, bool ByCode, bool IsMissed);

/// <summary>A plan before it is made: a grid, who walks in it, and its places.</summary>
/// <param name="Elsewhere">A place that belongs to none of the checkpoints.</param>
internal sealed record RoundPlan(string Grid, string Worker, GeoPoint Elsewhere, IReadOnlyList<RoundPoint> Points)
{
    /// <summary>Of a geofence, in metres.</summary>
    public const int Radius = 15;

    /// <summary>No position is within two geofences, nor does a code count from another checkpoint.</summary>
    private const double ApartMin = 100;

    private const int TriesMax = 200;

    /// <summary>The plans of a district: the same seed gives the same places and the same misses.</summary>
    public static IReadOnlyList<RoundPlan> Of(DirectoryData data, PatrolOptions options)
    {
        var random = new Random(options.Seed);
        var workers = data.Workers.Where(worker => worker.Kind == WorkerKind.Worker).GroupBy(worker => worker.Grid)
            .ToDictionary(some => some.Key, some => some.First().Id);
        return
        [
            .. data.Areas.Where(area => area.Code.Tier == Tier.Grid && workers.ContainsKey(area.Code))
                .Select(area => Of(area, workers[area.Code], options, random)).OfType<RoundPlan>().Take(options.Plans),
        ];
    }

    /// <summary>Null where a grid has no room for two places.</summary>
    private static RoundPlan? Of(AreaEntry area, string worker, PatrolOptions options, Random random)
    {
        var grid = GridArea.Of(area);
        var places = new List<GeoPoint>();
        for (var tries = 0; tries < TriesMax && places.Count <= options.Checkpoints; tries++)
        {
            if (grid.PlaceIn(random) is { } place && new GeoPoint(place.Lng, place.Lat) is var at
                && places.TrueForAll(other => other.MetresTo(at) >= ApartMin))
            {
                places.Add(at);
            }
        }

        return places.Count < 2 ? null : new RoundPlan(
            grid.Code, worker, places[0],
            [
                .. places.Skip(1).Select((at, i) => new RoundPoint(
                    $"c{i + 1}", at, random.Next(100) < options.Codes, random.Next(100) < options.Missed)),
            ]);
    }
}
