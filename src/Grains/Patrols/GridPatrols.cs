using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Geo;
using GridMesh.Contracts.Patrols;
using GridMesh.Contracts.Workers;

namespace GridMesh.Grains.Patrols;

/// <summary>
/// What the live grid knows of its patrols: the numbers, and the checkpoints that a position may do. While nothing is
/// due, a position costs one look at a field that is null.
/// </summary>
public sealed class GridPatrols
{
    /// <summary>Metres of one degree of latitude, a little too few: a rough cut before the exact distance.</summary>
    private const double MetresPerDegree = 110_000;

    /// <summary>Nobody on patrol is faster, whether on foot, in a car or by a drone: metres a second.</summary>
    private const double SpeedMax = 100;

    private PatrolBoard? _board;
    private List<DuePoint>? _points;

    /// <summary>A position may do something.</summary>
    public bool IsAnythingDue => _points is not null;

    public bool IsPlanned => _board is { IsPlanned: true };

    /// <summary>Takes what the patrols say; false for what is older than what is known, or the same.</summary>
    public bool Take(PatrolBoard board)
    {
        if (_board is { } held && (board.Version, board.Moment).CompareTo((held.Version, held.Moment)) < 0)
            return false;

        // The points are taken in any case: one that was handed on and could not be written down is open again.
        _points = board.Points.IsDefaultOrEmpty ? null : [.. board.Points];
        var isNews = _board is not { } known || (known.Due, known.Done, known.Missed, known.Alarms)
            != (board.Due, board.Done, board.Missed, board.Alarms);
        _board = board;
        return isNews;
    }

    /// <summary>
    /// The due checkpoints that the worker came by. Each is handed on once: the next board says whether it is done.
    /// </summary>
    /// <param name="accuracy">
    /// Radius in metres; a position that is less exact than the checkpoint is wide says nothing about it.
    /// </param>
    /// <param name="before">Where the worker was seen before.</param>
    public ImmutableArray<PatrolSighting> Pass(
        WorkerDot dot, DateTimeOffset now, double? accuracy = null, WorkerDot? before = null)
    {
        if (_points is not { } points || dot is not { Lng: { } lng, Lat: { } lat, At: { } at }
            || IsTooFast(before, new GeoPoint(lng, lat), at))
        {
            return [];
        }

        ImmutableArray<PatrolSighting>.Builder? seen = null;
        for (var i = points.Count - 1; i >= 0; i--)
        {
            var point = points[i];
            if (Math.Abs(point.Position.Lat - lat) * MetresPerDegree <= point.Radius && !(accuracy > point.Radius)
                && point.From <= at && now < point.To
                && point.Position.MetresTo(new GeoPoint(lng, lat)) <= point.Radius)
            {
                (seen ??= ImmutableArray.CreateBuilder<PatrolSighting>()).Add(
                    new PatrolSighting(point.Slot, dot.Id, at));
                points.RemoveAt(i);
            }
        }

        _points = points.Count == 0 ? null : points;
        return seen?.ToImmutable() ?? [];
    }

    private static bool IsTooFast(WorkerDot? before, GeoPoint place, DateTimeOffset at) =>
        before is { Lng: { } lng, Lat: { } lat, At: { } then }
        && new GeoPoint(lng, lat).MetresTo(place) > SpeedMax * (at - then).TotalSeconds;

    /// <summary>Adds its numbers to those of the grid.</summary>
    public void AddTo(int[] counts)
    {
        if (_board is { } board)
        {
            counts[(int)Counter.PatrolsDue] = board.Due;
            counts[(int)Counter.PatrolsDone] = board.Done;
            counts[(int)Counter.PatrolsMissed] = board.Missed;
            counts[(int)Counter.AlarmsOpen] += board.Alarms;
        }
    }
}
