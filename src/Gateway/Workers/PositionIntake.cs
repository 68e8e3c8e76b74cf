using System.Runtime.InteropServices;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Grids;
using GridMesh.Contracts.Storage;
using GridMesh.Contracts.Workers;
using GridMesh.Gateway.Plumbing.Telemetry;

namespace GridMesh.Gateway.Workers;

/// <summary>A position that may be taken.</summary>
/// <param name="Index">Its place in the request.</param>
internal readonly record struct TakenPosition(int Index, WorkerEntry Worker, PositionReport Report)
{
    public TrackPoint Point => new(Worker.Id, Report.At, Report.Point, (float?)Report.Accuracy);

    public WorkerPosition Position => new(Worker.Id, Report);
}

/// <summary>
/// The way of positions: the live state of each worker's grid first, one call a grid, then, for those taken, one
/// durable batch of the track.
/// </summary>
internal sealed class PositionIntake(IClusterClient client, ITrackStore tracks)
{
    public async Task<RejectCode?> TakeAsync(WorkerEntry worker, PositionReport report, CancellationToken cancellation)
    {
        var position = new TakenPosition(0, worker, report);
        if (await GridOf(worker.Grid).MoveAsync([position.Position]) is [var refused])
        {
            GatewayMeter.PositionsRejected.Add(1);
            return refused.Reject;
        }

        await tracks.AppendAsync(position.Point, cancellation);
        GatewayMeter.Positions.Add(1);
        return null;
    }

    /// <summary>Takes them all; those that their grids refuse are added to the rejected.</summary>
    public async Task TakeAsync(
        IReadOnlyList<TakenPosition> positions, List<Rejected> rejected, CancellationToken cancellation)
    {
        if (positions is [var only])
        {
            if (await TakeAsync(only.Worker, only.Report, cancellation) is { } reject)
                rejected.Add(new Rejected(only.Index, only.Worker.Id, reject.ToString()));

            return;
        }

        var refused = await MoveAsync(positions, rejected);
        IReadOnlyList<TrackPoint> points =
            [.. positions.Where(position => !refused.Contains(position.Index)).Select(position => position.Point)];
        if (points.Count > 0)
            await tracks.AppendAsync(points, cancellation);

        GatewayMeter.Positions.Add(points.Count);
        GatewayMeter.PositionsRejected.Add(refused.Count);
    }

    /// <summary>Answers the places in the request of those that were refused.</summary>
    private async Task<IReadOnlySet<int>> MoveAsync(IReadOnlyList<TakenPosition> positions, List<Rejected> rejected)
    {
        var grids = new Dictionary<AreaCode, List<TakenPosition>>();
        foreach (var position in positions)
        {
            ref var some = ref CollectionsMarshal.GetValueRefOrAddDefault(grids, position.Worker.Grid, out _);
            (some ??= []).Add(position);
        }

        var moves = grids.Select(grid => (
            Positions: grid.Value,
            Move: GridOf(grid.Key).MoveAsync([.. grid.Value.Select(position => position.Position)]))).ToArray();
        var refused = new HashSet<int>();
        foreach (var (some, move) in moves)
        {
            foreach (var (place, reject) in await move)
            {
                refused.Add(some[place].Index);
                rejected.Add(new Rejected(some[place].Index, some[place].Worker.Id, reject.ToString()));
            }
        }

        return refused;
    }

    private IGridGrain GridOf(AreaCode code) => client.GetGrain<IGridGrain>(code.Value);
}
