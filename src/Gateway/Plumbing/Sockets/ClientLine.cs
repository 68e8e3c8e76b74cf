using System.Net.Sockets;
using GridMesh.Gateway.Plumbing.Telemetry;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.SignalR;

namespace GridMesh.Gateway.Plumbing.Sockets;

/// <summary>
/// What is on its way to one client, whatever writes to it. The system takes megabytes for a client that does not read,
/// so what was written has not arrived: it has when the client's side acknowledged it, which the system knows
/// (<c>TCP_INFO</c>). Whoever has a newer frame meanwhile waits for a turn, one after the other.
/// </summary>
/// <param name="socket">Null where nothing is known of one: then everything counts as arrived.</param>
internal sealed class ClientLine(Socket? socket, TimeProvider time)
{
    /// <summary>So many bytes go out before the system is asked what became of them.</summary>
    public const int UnaskedMax = 32 * 1024;

    private const int TcpLevel = 6;
    private const int TcpInfo = 11;
    private const int UnackedAt = 24;
    private const int LastAckAt = 56;
    private const int NotSentAt = 144;
    private const int InfoSize = NotSentAt + sizeof(int);

    /// <summary>Small frames too are asked after, this often.</summary>
    private static readonly TimeSpan s_unaskedMax = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(50);

    private readonly Socket? _socket = OperatingSystem.IsLinux() ? socket : null;
    private readonly Lock _gate = new();
    private readonly Queue<Action> _waiting = new();
    private int _unasked;
    private long _askedAt;
    private long _arrivedAt;
    private DateTimeOffset? _frameOf;
    private bool _isLooking;
    private bool _isClosed;

    /// <summary>Ticks of the time provider when everything had arrived, as far as is known; 0 for never.</summary>
    public long ArrivedAt => Volatile.Read(ref _arrivedAt);

    /// <summary>The line of a connection, the same for all who write to it.</summary>
    public static ClientLine Of(HubConnectionContext connection, TimeProvider time)
    {
        if (connection.Features.Get<ClientLine>() is { } known)
            return known;

        var line = Of(connection.GetHttpContext(), time);
        connection.Features.Set(line);
        return line;
    }

    public static ClientLine Of(HttpContext? http, TimeProvider time) =>
        new(http?.Features.Get<IConnectionSocketFeature>()?.Socket, time);

    public void Wrote(int bytes) => Interlocked.Add(ref _unasked, bytes);

    /// <summary>A frame went out that shows what was at that time.</summary>
    public void Wrote(DateTimeOffset frameOf)
    {
        lock (_gate)
        {
            _frameOf = frameOf;
        }
    }

    /// <summary>True when a frame may go out now.</summary>
    public bool TryPass()
    {
        lock (_gate)
        {
            return !_isClosed && _waiting.Count == 0 && IsFree();
        }
    }

    /// <summary>
    /// Gives a turn, once, when what is on its way has arrived and all who waited before have had theirs.
    /// </summary>
    public void Wait(Action turn)
    {
        lock (_gate)
        {
            if (_isClosed)
                return;

            _waiting.Enqueue(turn);
            if (_isLooking)
                return;

            _isLooking = true;
        }

        _ = LookAsync();
    }

    /// <summary>No frame goes out any more: the connection is about to end.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            _waiting.Clear();
        }
    }

    /// <summary>Ends when everything has arrived.</summary>
    public async Task ArrivalAsync(CancellationToken cancellation)
    {
        while (!HasArrived())
            await Task.Delay(s_pause, time, cancellation);
    }

    private bool HasArrived()
    {
        lock (_gate)
        {
            return Ask();
        }
    }

    private async Task LookAsync()
    {
        do
        {
            await Task.Delay(s_pause, time);
            while (NextTurn() is { } turn)
                turn();
        }
        while (IsWaitedFor());
    }

    private Action? NextTurn()
    {
        lock (_gate)
        {
            return _waiting.Count > 0 && IsFree() ? _waiting.Dequeue() : null;
        }
    }

    private bool IsWaitedFor()
    {
        lock (_gate)
        {
            return _isLooking = _waiting.Count > 0;
        }
    }

    private bool IsFree() =>
        Volatile.Read(ref _unasked) is var bytes && (bytes == 0
        || (bytes <= UnaskedMax && time.GetElapsedTime(_askedAt) < s_unaskedMax) || Ask());

    /// <summary>Asks the system whether the client has everything.</summary>
    private bool Ask()
    {
        _askedAt = time.GetTimestamp();
        Volatile.Write(ref _unasked, 0);
        if (!IsEmpty(out var sinceAck))
        {
            Volatile.Write(ref _unasked, UnaskedMax + 1);
            return false;
        }

        Volatile.Write(ref _arrivedAt, _askedAt);
        if (_frameOf is { } frame)
        {
            GatewayMeter.FrameAge.Record(
                Math.Max(0, (time.GetUtcNow() - frame - sinceAck).TotalMilliseconds));
            _frameOf = null;
        }

        return true;
    }

    private bool IsEmpty(out TimeSpan sinceAck)
    {
        sinceAck = TimeSpan.Zero;
        if (_socket is null)
            return true;

        Span<byte> info = stackalloc byte[InfoSize];
        try
        {
            if (_socket.GetRawSocketOption(TcpLevel, TcpInfo, info) < InfoSize)
                return true;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The line is gone, and so is whatever was on its way.
            return true;
        }

        sinceAck = TimeSpan.FromMilliseconds(At(info, LastAckAt));
        return At(info, UnackedAt) == 0 && At(info, NotSentAt) == 0;
    }

    /// <summary>A field of the system's <c>tcp_info</c>, in the order of bytes of this machine.</summary>
    private static uint At(ReadOnlySpan<byte> info, int place) =>
        System.Runtime.InteropServices.MemoryMarshal.Read<uint>(info[place..]);
}
