using System.Buffers.Binary;
using System.Text;

namespace GridMesh.Load.Fleets;

/// <summary>What a client of the fleet says, as bytes: the upgrade, and text in masked WebSocket frames.</summary>
internal static class ClientFrames
{
    /// <summary>Longest text that a client sends in one frame, in bytes.</summary>
    public const int TextMax = ushort.MaxValue;

    /// <summary>Ends each SignalR message.</summary>
    public const byte RecordEnd = 0x1e;

    private const int ShortMax = 125;
    private const byte Final = 0x80;
    private const byte Masked = 0x80;

    private static readonly byte[] s_handshake = Text("""{"protocol":"json","version":1}""");
    private static readonly byte[] s_ping = Text("""{"type":6}""");

    public static ReadOnlySpan<byte> Handshake => s_handshake;

    /// <summary>SignalR's ping: a server hangs up on a client that is silent for 30 s.</summary>
    public static ReadOnlySpan<byte> Ping => s_ping;

    /// <summary>Calls <c>Watch</c> with where the client stands, or with nothing.</summary>
    public static byte[] Watch(int invocation, string code, long epoch, long version) => Text(epoch == 0
        ? $$"""{"type":1,"invocationId":"{{invocation}}","target":"Watch","arguments":["{{code}}",null]}"""
        : $$"""{"type":1,"invocationId":"{{invocation}}","target":"Watch","arguments":["{{code}}",{"epoch":{{epoch}},"version":{{version}}}]}""");

    /// <summary>The request that makes a WebSocket of the connection.</summary>
    /// <param name="path">Path and query, for example <c>/hubs/mesh?access_token=…</c>.</param>
    /// <param name="key">16 bytes in base 64; it keeps caches apart and is no secret.</param>
    public static byte[] Upgrade(string host, string path, string key) => Encoding.ASCII.GetBytes(
        $"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        + $"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n\r\n");

    public static byte[] Pong(ReadOnlySpan<byte> payload) => Frame(WireKind.Pong, payload);

    /// <summary>A SignalR message in a text frame of its own.</summary>
    public static byte[] Text(string message) => Frame(WireKind.Text, [.. Encoding.UTF8.GetBytes(message), RecordEnd]);

    /// <summary>The mask is zero: it protects proxies from browsers, and there is neither here.</summary>
    private static byte[] Frame(WireKind kind, ReadOnlySpan<byte> payload)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(payload.Length, TextMax);
        var isShort = payload.Length <= ShortMax;
        var head = isShort ? 6 : 8;
        var frame = new byte[head + payload.Length];
        frame[0] = (byte)(Final | (byte)kind);
        frame[1] = (byte)(Masked | (isShort ? payload.Length : 126));
        if (!isShort)
        {
            BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(2), (ushort)payload.Length);
        }

        payload.CopyTo(frame.AsSpan(head));
        return frame;
    }
}
