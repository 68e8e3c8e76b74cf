using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Storage;
using GridMesh.Contracts.Workers;
using GridMesh.Gateway.Telemetry;

namespace GridMesh.Gateway.Workers;

/// <summary>
/// The way of positions: the worker's live state first, then, for those taken, one durable batch of the track.
/// </summary>
internal sealed class PositionDoor(IClusterClient client, ITrackStore tracks)
{
    public async Task<RejectCode?> TakeAsync(string worker, PositionReport report, CancellationToken cancellation)
    {
        var rejects = await TakeAsync([(worker, report)], cancellation);
        return rejects[0];
    }

    /// <summary>One entry for each position, in order: null when taken.</summary>
    public async Task<RejectCode?[]> TakeAsync(
        IReadOnlyList<(string Worker, PositionReport Report)> positions, CancellationToken cancellation)
    {
        var moves = new Task<RejectCode?>[positions.Count];
        for (var i = 0; i < moves.Length; i++)
        {
            moves[i] = client.GetGrain<IWorkerGrain>(positions[i].Worker).MoveAsync(positions[i].Report);
        }

        var rejects = await Task.WhenAll(moves);
        var points = new List<TrackPoint>(positions.Count);
        for (var i = 0; i < rejects.Length; i++)
        {
            if (rejects[i] is null)
            {
                var (worker, report) = positions[i];
                points.Add(new TrackPoint(worker, report.At, report.Point, (float?)report.Accuracy));
            }
        }

        if (points.Count > 0)
        {
            await tracks.AppendAsync(points, cancellation);
        }

        GatewayMeter.Positions.Add(points.Count);
        GatewayMeter.PositionsRejected.Add(positions.Count - points.Count);
        return rejects;
    }
}
