using System.Buffers.Binary;

namespace GridMesh.Load.Fleets;

/// <summary>What a WebSocket frame is.</summary>
internal enum WireKind : byte
{
    Continuation = 0,
    Text = 1,
    Binary = 2,
    Close = 8,
    Ping = 9,
    Pong = 10,
}

/// <summary>
/// Takes the frames of a server's WebSocket apart as bytes come (RFC 6455, 5.2), across any cut. Frames of a server are
/// not masked.
/// </summary>
internal struct ServerFrames
{
    private const int HeadMax = 10;
    private const int Length16 = 126;
    private const int Length64 = 127;

    private readonly byte[] _head = new byte[HeadMax];
    private int _headCount;
    private bool _isInside;
    private long _left;
    private WireKind _kind;

    public ServerFrames()
    {
    }

    /// <summary>The next run of payload, which it cuts off <paramref name="data"/>; false when more bytes are needed.</summary>
    /// <param name="isEnd">True when the frame ends with this run.</param>
    /// <exception cref="InvalidDataException">The frame is masked or has a length that no frame has.</exception>
    public bool TryNext(ref ReadOnlySpan<byte> data, out WireKind kind, out ReadOnlySpan<byte> run, out bool isEnd)
    {
        kind = default;
        run = default;
        isEnd = false;
        if (!_isInside && !TryHead(ref data))
        {
            return false;
        }

        if (data.IsEmpty && _left > 0)
        {
            return false;
        }

        var length = (int)Math.Min(_left, data.Length);
        kind = _kind;
        run = data[..length];
        data = data[length..];
        _left -= length;
        isEnd = _left == 0;
        _isInside = !isEnd;
        return true;
    }

    private bool TryHead(ref ReadOnlySpan<byte> data)
    {
        while (_headCount < 2 || _headCount < SizeOf(_head[1]))
        {
            if (data.IsEmpty)
            {
                return false;
            }

            _head[_headCount++] = data[0];
            data = data[1..];
        }

        _kind = (WireKind)(_head[0] & 0x0f);
        var length = _head[1];
        _left = length switch
        {
            < Length16 => length,
            Length16 => BinaryPrimitives.ReadUInt16BigEndian(_head.AsSpan(2)),
            Length64 => BinaryPrimitives.ReadInt64BigEndian(_head.AsSpan(2)),
            _ => -1,
        };
        if (_left < 0)
        {
            throw new InvalidDataException("a frame of the server is masked or has no length");
        }

        (_headCount, _isInside) = (0, true);
        return true;
    }

    private static int SizeOf(byte length) => length switch
    {
        Length16 => 4,
        Length64 => HeadMax,
        _ => 2,
    };
}
