using System.Buffers.Binary;
using GridMesh.Gateway.Plumbing.Problems;

namespace GridMesh.Gateway.Plumbing.Sockets;

/// <summary>
/// Takes the frames of a client apart as bytes come, across any cut, and refuses what RFC 6455 forbids. Payloads are
/// unmasked where they lie.
/// </summary>
internal struct MaskedFrames
{
    private const int MaskLength = 4;
    private const int HeadMax = WireFrames.HeadMax + MaskLength;
    private const byte Final = 0x80;
    private const byte Reserved = 0x70;
    private const byte KindBits = 0x0f;
    private const byte Masked = 0x80;
    private const byte LengthBits = 0x7f;
    private const int Length16 = 126;
    private const int Length64 = 127;

    private readonly byte[] _head = new byte[HeadMax];
    private int _headCount;
    private bool _isInside;
    private long _left;
    private int _maskAt;
    private WireKind _kind;

    public MaskedFrames()
    {
    }

    /// <summary>
    /// The next run of payload, unmasked, which it cuts off <paramref name="data"/>; false when more bytes are needed.
    /// </summary>
    /// <param name="isEnd">True when the frame ends with this run.</param>
    /// <exception cref="InvalidDataException">The bytes are no frames of a client.</exception>
    public bool TryNext(ref Span<byte> data, out WireKind kind, out ReadOnlySpan<byte> run, out bool isEnd)
    {
        kind = default;
        run = default;
        isEnd = false;
        if ((!_isInside && !TryHead(ref data)) || (data.IsEmpty && _left > 0))
            return false;

        var length = (int)Math.Min(_left, data.Length);
        Unmask(data[..length]);
        kind = _kind;
        run = data[..length];
        data = data[length..];
        _left -= length;
        isEnd = _left == 0;
        _isInside = !isEnd;
        return true;
    }

    private bool TryHead(ref Span<byte> data)
    {
        while (_headCount < 2 || _headCount < SizeOf(_head[1]))
        {
            if (data.IsEmpty)
                return false;

            _head[_headCount++] = data[0];
            data = data[1..];
        }

        _kind = (WireKind)(_head[0] & KindBits);
        _left = (_head[1] & LengthBits) switch
        {
            Length16 => BinaryPrimitives.ReadUInt16BigEndian(_head.AsSpan(2)),
            Length64 => BinaryPrimitives.ReadInt64BigEndian(_head.AsSpan(2)),
            var length => length,
        };
        Check(_head[0], _head[1]);
        _maskAt = 0;
        _head.AsSpan(_headCount - MaskLength, MaskLength).CopyTo(_head.AsSpan(HeadMax - MaskLength));
        (_headCount, _isInside) = (0, true);
        return true;
    }

    private readonly void Check(byte first, byte second)
    {
        var isControl = _kind >= WireKind.Close;
        var problem = (second & Masked) == 0 ? "a frame of a client has to be masked"
            : (first & Reserved) != 0 ? "a frame uses an extension that was not agreed on"
            : !Enum.IsDefined(_kind) ? $"a frame is of the unknown kind {(byte)_kind}"
            : _left < 0 ? "a frame has a negative length"
            : isControl && ((first & Final) == 0 || _left > WireFrames.ControlMax)
                ? "a control frame is cut or too long"
            : null;
        if (problem is not null)
            throw new InvalidDataException(problem);
    }

    private void Unmask(Span<byte> payload)
    {
        var mask = _head.AsSpan(HeadMax - MaskLength);
        for (var i = 0; i < payload.Length; i++)
            payload[i] ^= mask[_maskAt++ & (MaskLength - 1)];
    }

    /// <summary>Length of a head whose second byte this is.</summary>
    private static int SizeOf(byte second) => MaskLength + (second & LengthBits) switch
    {
        Length16 => 4,
        Length64 => WireFrames.HeadMax,
        _ => 2,
    };
}
