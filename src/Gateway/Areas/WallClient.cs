using GridMesh.Gateway.Plumbing.Sockets;
using GridMesh.Gateway.Plumbing.Telemetry;
using Microsoft.AspNetCore.SignalR;

namespace GridMesh.Gateway.Areas;

/// <summary>
/// One client's place in one channel. At most one frame is on its way to it, until its side has acknowledged it. It
/// keeps no frames, only where it stands: when it is free again it gets what came meanwhile as one frame, which is made
/// once for all who stand there. So a slow client skips states but never sees a gap, and slows nobody.
/// </summary>
/// <param name="feed">The lock of the channel, and what leads on from a stand.</param>
/// <param name="stand">What the client holds after the answer to <c>Watch</c>.</param>
internal sealed class WallClient(HubConnectionContext connection, IFrameFeed feed, Since stand, TimeProvider time)
{
    private readonly HubSocket? _socket = connection.Features.Get<HubSocket>();
    private readonly ClientLine _line = ClientLine.Of(connection, time);
    private (long Epoch, long Version) _stand = (stand.Epoch, stand.Version);
    private bool _isBusy = true;
    private long _writingSince;
    private long _sentAt;

    public HubConnectionContext Connection => connection;

    /// <summary>Ticks of the time provider since when one frame is on its way; 0 while nobody waits for it.</summary>
    public long SendingSince => Volatile.Read(ref _writingSince) is > 0 and var since ? since
        : Volatile.Read(ref _isBusy) && Volatile.Read(ref _sentAt) is var sent && sent > _line.ArrivedAt ? sent
        : 0;

    /// <summary>
    /// Begins to send: not before the answer to <c>Watch</c> is out, so that no frame overtakes its snapshot.
    /// </summary>
    public void Start() => Continue();

    /// <summary>Sends the frame, in the lock of the feed; false where one is on its way already.</summary>
    public bool Offer(ReadyFrame frame)
    {
        if (_isBusy)
            return false;

        if (!_line.TryPass())
        {
            _isBusy = true;
            _line.Wait(TakeTurn);
            return false;
        }

        _isBusy = !Send(frame);
        return true;
    }

    /// <summary>False where the line has to make room first; then it goes on by itself.</summary>
    private bool Send(ReadyFrame frame)
    {
        _stand = (frame.Frame.Epoch, frame.Frame.To);
        var sending = frame.SendAsync(connection, _socket, _line);
        Volatile.Write(ref _sentAt, time.GetTimestamp());
        if (sending.IsCompletedSuccessfully)
            return true;

        Volatile.Write(ref _writingSince, _sentAt);
        _ = ContinueAfterAsync(sending);
        return false;
    }

    private async Task ContinueAfterAsync(ValueTask sending)
    {
        try
        {
            // Never on the thread that made room: it may hold the lock of another feed.
            await sending.AsTask().ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        }
        catch (Exception)
        {
            // The connection is gone; its hub's disconnect takes it out of the channel.
            return;
        }

        Volatile.Write(ref _writingSince, 0);
        Continue();
    }

    private void Continue()
    {
        lock (feed.Gate)
        {
            if (feed.IsPresent(_stand.Epoch, _stand.Version) || _line.TryPass())
                TakeTurn();
            else
                _line.Wait(TakeTurn);
        }
    }

    private void TakeTurn()
    {
        lock (feed.Gate)
        {
            if (feed.Next(_stand.Epoch, _stand.Version) is { } next)
            {
                GatewayMeter.FramesSent.Add(1);
                _isBusy = !Send(next);
            }
            else
            {
                _isBusy = false;
            }
        }
    }
}

/// <summary>What leads on from where a client stands.</summary>
internal interface IFrameFeed
{
    /// <summary>Held while a frame is handed out.</summary>
    Lock Gate { get; }

    /// <summary>True when nothing leads on from a stand because it is the present. Called in the lock.</summary>
    bool IsPresent(long epoch, long version);

    /// <summary>
    /// The one frame that leads from a stand to the present, or null when it is the present. From a stand that nothing
    /// leads on from, a frame that does not fit: who gets it watches again. Called in the lock.
    /// </summary>
    ReadyFrame? Next(long epoch, long version);
}
