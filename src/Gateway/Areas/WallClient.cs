using GridMesh.Contracts.Areas;
using GridMesh.Gateway.Telemetry;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace GridMesh.Gateway.Areas;

/// <summary>
/// One client's place in one channel. At most one frame is on its way to it and one more waits; what comes meanwhile is
/// merged into the waiting one, so a slow client skips states but never sees a gap, and slows nobody.
/// </summary>
internal sealed class WallClient(HubConnectionContext connection, Func<AreaFrame, SerializedHubMessage> serialize)
{
    private readonly Lock _gate = new();
    private AreaFrame? _waiting;
    private bool _sending = true;
    private long _sendingSince;

    public HubConnectionContext Connection => connection;

    /// <summary>Ticks of the time provider since when one frame is on its way; 0 while none is.</summary>
    public long SendingSince => Volatile.Read(ref _sendingSince);

    /// <summary>
    /// Begins to send: not before the answer to <c>Watch</c> is out, so that no frame overtakes its snapshot.
    /// </summary>
    public void Start(TimeProvider time) => Continue(time);

    /// <summary>Sends the frame, or merges it into the one that waits.</summary>
    public void Offer(AreaFrame frame, SerializedHubMessage message, TimeProvider time)
    {
        lock (_gate)
        {
            if (_sending)
            {
                _waiting = _waiting is null || _waiting.Epoch != frame.Epoch || _waiting.To != frame.From
                    ? frame
                    : FrameMerge.Merge(_waiting, frame);
                GatewayMeter.FramesConflated.Add(1);
                return;
            }

            _sending = true;
        }

        Send(message, time);
    }

    private void Send(SerializedHubMessage message, TimeProvider time)
    {
        Volatile.Write(ref _sendingSince, time.GetTimestamp());
        GatewayMeter.FramesSent.Add(1);
        var sending = connection.WriteAsync(message, CancellationToken.None);
        if (sending.IsCompletedSuccessfully)
        {
            Continue(time);
        }
        else
        {
            _ = ContinueAfterAsync(sending, time);
        }
    }

    private async Task ContinueAfterAsync(ValueTask sending, TimeProvider time)
    {
        try
        {
            await sending;
        }
        catch (Exception)
        {
            // The connection is gone; its hub's disconnect takes it out of the channel.
            return;
        }

        Continue(time);
    }

    private void Continue(TimeProvider time)
    {
        AreaFrame? next;
        lock (_gate)
        {
            (next, _waiting) = (_waiting, null);
            _sending = next is not null;
        }

        Volatile.Write(ref _sendingSince, 0);
        if (next is not null)
        {
            Send(serialize(next), time);
        }
    }
}
