using System.Net;
using System.Net.Sockets;

namespace GridMesh.Load.Fleets;

/// <summary>Whom a link tells what came. Calls of one link never overlap.</summary>
internal interface ILinkOwner
{
    void OnOpen(FleetLink link);

    void OnRecord(FleetLink link, ReadOnlySpan<byte> record);

    /// <summary>The last call: the connection is over.</summary>
    /// <param name="reason">Null when it was dropped on purpose.</param>
    void OnEnd(FleetLink link, string? reason);
}

/// <summary>
/// One WebSocket of the fleet, from its socket up to SignalR's messages. A HubConnection of the client package costs
/// about 60 KB and three tasks; this costs a socket and 2 KB, so that what is measured is the server.
/// </summary>
internal sealed class FleetLink : SocketAsyncEventArgs
{
    /// <summary>Bytes received at once.</summary>
    public const int ReceiveMax = 2_048;

    private static ReadOnlySpan<byte> HeadEnd => "\r\n\r\n"u8;

    private static ReadOnlySpan<byte> Upgraded => "HTTP/1.1 101 "u8;

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly ILinkOwner _owner;
    private readonly byte[] _upgrade;
    private readonly Memory<byte> _memory;
    private readonly Lock _sending = new();
    private ServerFrames _frames = new();
    private RecordCarry _carry;
    private RecordCarry _control;
    private bool _isUpgraded;
    private int _isDropped;
    private int _isOver;

    /// <param name="source">Where the connection comes from: an address has only some 28,000 ports towards one other.</param>
    /// <param name="memory">Pinned, <see cref="ReceiveMax"/> bytes, of this link alone while it lives.</param>
    public FleetLink(ILinkOwner owner, IPEndPoint server, IPAddress? source, byte[] upgrade, Memory<byte> memory)
    {
        (_owner, _upgrade, _memory, RemoteEndPoint) = (owner, upgrade, memory, server);
        if (source is not null)
        {
            _socket.Bind(new IPEndPoint(source, 0));
        }

        // A reset instead of a farewell: no port waits for two minutes, and the server sees what a cut cable does.
        _socket.LingerState = new LingerOption(enable: true, seconds: 0);
    }

    public void Open()
    {
        if (!_socket.ConnectAsync(this))
        {
            OnCompleted(this);
        }
    }

    /// <summary>Sends a whole frame. What cannot be sent ends the link.</summary>
    public void Send(ReadOnlySpan<byte> frame)
    {
        try
        {
            lock (_sending)
            {
                while (!frame.IsEmpty)
                {
                    frame = frame[_socket.Send(frame)..];
                }
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The pending receive ends the same way and tells the owner.
        }
    }

    /// <summary>Cuts the connection.</summary>
    public void Drop()
    {
        if (Interlocked.Exchange(ref _isDropped, 1) == 0)
        {
            _socket.Dispose();
        }
    }

    protected override void OnCompleted(SocketAsyncEventArgs e)
    {
        try
        {
            if (SocketError != SocketError.Success || (LastOperation == SocketAsyncOperation.Receive && BytesTransferred == 0))
            {
                End(SocketError == SocketError.Success ? "the server closed" : SocketError.ToString());
                return;
            }

            if (LastOperation == SocketAsyncOperation.Connect)
            {
                SetBuffer(_memory);
                Send(_upgrade);
            }
            else
            {
                Take(_memory.Span[..BytesTransferred]);
            }

            Receive();
        }
        catch (Exception fault) when (fault is InvalidDataException or ObjectDisposedException or SocketException
            or System.Text.Json.JsonException or KeyNotFoundException)
        {
            End(fault.Message);
        }
    }

    private void Receive()
    {
        while (!_socket.ReceiveAsync(this))
        {
            if (SocketError != SocketError.Success || BytesTransferred == 0)
            {
                End(SocketError == SocketError.Success ? "the server closed" : SocketError.ToString());
                return;
            }

            Take(_memory.Span[..BytesTransferred]);
        }
    }

    private void End(string reason)
    {
        if (Interlocked.Exchange(ref _isOver, 1) == 1)
        {
            return;
        }

        var dropped = Interlocked.Exchange(ref _isDropped, 1) == 1;
        _socket.Dispose();
        _carry.Clear();
        _control.Clear();
        _owner.OnEnd(this, dropped ? null : reason);
    }

    private void Take(ReadOnlySpan<byte> data)
    {
        if (!_isUpgraded)
        {
            _carry.Add(data);
            var end = _carry.Bytes.IndexOf(HeadEnd);
            if (end < 0)
            {
                return;
            }

            if (!_carry.Bytes.StartsWith(Upgraded))
            {
                throw new InvalidDataException(System.Text.Encoding.ASCII.GetString(_carry.Bytes[..Math.Min(end, 12)]));
            }

            var rest = _carry.Bytes[(end + HeadEnd.Length)..].ToArray();
            _carry.Clear();
            _isUpgraded = true;
            _owner.OnOpen(this);
            data = rest;
        }

        while (_frames.TryNext(ref data, out var kind, out var run, out var isEnd))
        {
            if (kind < WireKind.Close)
            {
                Split(run);
            }
            else
            {
                Control(kind, run, isEnd);
            }
        }
    }

    private void Control(WireKind kind, ReadOnlySpan<byte> run, bool isEnd)
    {
        _control.Add(run);
        if (!isEnd)
        {
            return;
        }

        if (kind == WireKind.Ping)
        {
            Send(ClientFrames.Pong(_control.Bytes));
        }
        else if (kind == WireKind.Close)
        {
            throw new InvalidDataException("the server said goodbye");
        }

        _control.Clear();
    }

    private void Split(ReadOnlySpan<byte> run)
    {
        while (run.IndexOf(ClientFrames.RecordEnd) is >= 0 and var end)
        {
            if (_carry.IsEmpty)
            {
                _owner.OnRecord(this, run[..end]);
            }
            else
            {
                _carry.Add(run[..end]);
                _owner.OnRecord(this, _carry.Bytes);
                _carry.Clear();
            }

            run = run[(end + 1)..];
        }

        if (!run.IsEmpty)
        {
            _carry.Add(run);
        }
    }
}
