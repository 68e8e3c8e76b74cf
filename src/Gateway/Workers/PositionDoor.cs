using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Storage;
using GridMesh.Contracts.Workers;
using GridMesh.Gateway.Telemetry;

namespace GridMesh.Gateway.Workers;

/// <summary>A position that may be taken.</summary>
/// <param name="Index">Its place in the request.</param>
internal readonly record struct TakenPosition(int Index, string Worker, PositionReport Report)
{
    public TrackPoint Point => new(Worker, Report.At, Report.Point, (float?)Report.Accuracy);
}

/// <summary>
/// The way of positions: the worker's live state first, then, for those taken, one durable batch of the track.
/// </summary>
internal sealed class PositionDoor(IClusterClient client, ITrackStore tracks)
{
    public async Task<RejectCode?> TakeAsync(string worker, PositionReport report, CancellationToken cancellation)
    {
        var reject = await client.GetGrain<IWorkerGrain>(worker).MoveAsync(report);
        if (reject is null)
        {
            await tracks.AppendAsync(new TakenPosition(0, worker, report).Point, cancellation);
            GatewayMeter.Positions.Add(1);
        }
        else
        {
            GatewayMeter.PositionsRejected.Add(1);
        }

        return reject;
    }

    /// <summary>Takes them all; those that their workers refuse are added to the rejected.</summary>
    public async Task TakeAsync(
        IReadOnlyList<TakenPosition> positions, List<Rejected> rejected, CancellationToken cancellation)
    {
        if (positions is [var only])
        {
            if (await TakeAsync(only.Worker, only.Report, cancellation) is { } reject)
            {
                rejected.Add(new Rejected(only.Index, only.Worker, reject.ToString()));
            }

            return;
        }

        var moves = new Task<RejectCode?>[positions.Count];
        for (var i = 0; i < moves.Length; i++)
        {
            moves[i] = client.GetGrain<IWorkerGrain>(positions[i].Worker).MoveAsync(positions[i].Report);
        }

        var points = new List<TrackPoint>(positions.Count);
        for (var i = 0; i < moves.Length; i++)
        {
            if (await moves[i] is { } reject)
            {
                rejected.Add(new Rejected(positions[i].Index, positions[i].Worker, reject.ToString()));
            }
            else
            {
                points.Add(positions[i].Point);
            }
        }

        if (points.Count > 0)
        {
            await tracks.AppendAsync(points, cancellation);
        }

        GatewayMeter.Positions.Add(points.Count);
        GatewayMeter.PositionsRejected.Add(positions.Count - points.Count);
    }
}
