using System.Buffers.Binary;

namespace GridMesh.Gateway.Plumbing.Sockets;

/// <summary>What a WebSocket frame is (RFC 6455, 5.2).</summary>
internal enum WireKind : byte
{
    Continuation = 0,
    Text = 1,
    Binary = 2,
    Close = 8,
    Ping = 9,
    Pong = 10,
}

/// <summary>Frames as a server writes them: whole and not masked.</summary>
internal static class WireFrames
{
    /// <summary>Most bytes that stand before a payload.</summary>
    public const int HeadMax = 10;

    /// <summary>Longest payload of a control frame.</summary>
    public const int ControlMax = 125;

    /// <summary>Longest length that the second byte holds itself; 126 and 127 announce longer ones.</summary>
    private const int ShortMax = 125;
    private const byte Length16 = 126;
    private const byte Length64 = 127;
    private const byte Final = 0x80;

    /// <summary>The peer may go, nothing is wrong.</summary>
    private const ushort NormalClosure = 1_000;

    /// <summary>The farewell of a server.</summary>
    public static readonly ReadOnlyMemory<byte> Close =
        Of(WireKind.Close, [NormalClosure >> 8, NormalClosure & byte.MaxValue]);

    /// <summary>A payload in a frame of its own.</summary>
    public static byte[] Of(WireKind kind, ReadOnlySpan<byte> payload)
    {
        var head = HeadOf(payload.Length);
        var frame = new byte[head + payload.Length];
        WriteHead(frame, kind, payload.Length);
        payload.CopyTo(frame.AsSpan(head));
        return frame;
    }

    /// <summary>Bytes that stand before a payload of this length.</summary>
    public static int HeadOf(int length) => length <= ShortMax ? 2 : length <= ushort.MaxValue ? 4 : HeadMax;

    public static void WriteHead(Span<byte> to, WireKind kind, int length)
    {
        to[0] = (byte)(Final | (byte)kind);
        if (length <= ShortMax)
        {
            to[1] = (byte)length;
        }
        else if (length <= ushort.MaxValue)
        {
            to[1] = Length16;
            BinaryPrimitives.WriteUInt16BigEndian(to[2..], (ushort)length);
        }
        else
        {
            to[1] = Length64;
            BinaryPrimitives.WriteInt64BigEndian(to[2..], length);
        }
    }
}
