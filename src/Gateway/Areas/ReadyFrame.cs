using System.Buffers;
using System.Text;
using System.Text.Json;
using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Json;
using GridMesh.Gateway.Plumbing.Sockets;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace GridMesh.Gateway.Areas;

/// <summary>
/// A frame as it goes out: made into bytes once, whatever the number of its receivers, and only once somebody wants
/// them. Not thread-safe; its channel locks.
/// </summary>
internal sealed class ReadyFrame(AreaFrame frame)
{
    /// <summary>Name of the client's method.</summary>
    public const string Method = "frame";

    /// <summary>A larger buffer than this is not kept for the next frame, in bytes.</summary>
    private const int BufferMax = 1_000_000;

    private static readonly byte[] s_before =
        Encoding.ASCII.GetBytes($"{{\"type\":1,\"target\":\"{Method}\",\"arguments\":[");

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? t_buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? t_json;

    private ReadOnlyMemory<byte> _wire;
    private RawJson? _json;
    private SerializedHubMessage? _message;

    public AreaFrame Frame => frame;

    public RawJson Json
    {
        get
        {
            Make();
            return _json!;
        }
    }

    /// <summary>SignalR's message (HubProtocol.md, "Invocation"), ready in a WebSocket's frame.</summary>
    public ReadOnlyMemory<byte> Wire
    {
        get
        {
            Make();
            return _wire;
        }
    }

    private static ReadOnlySpan<byte> After => "]}\u001e"u8;

    /// <summary>Sends it: over our own sockets as it is, over others as SignalR's message.</summary>
    public ValueTask SendAsync(HubConnectionContext connection, HubSocket? socket, ClientLine line)
    {
        line.Wrote(frame.At);
        if (socket is not null)
            return socket.WriteAsync(Wire);

        line.Wrote(Json.Utf8.Length);
        return connection.WriteAsync(
            _message ??= new SerializedHubMessage(new InvocationMessage(Method, [Json])), CancellationToken.None);
    }

    /// <summary>
    /// Lets go of the bytes, which are made anew for whoever wants them late. Most frames are never wanted again, and
    /// their bytes, kept for a minute, were most of what a collection had to copy.
    /// </summary>
    public void Shed() => (_wire, _json, _message) = (default, null, null);

    private void Make()
    {
        if (_json is not null)
            return;

        var buffer = t_buffer ??= new ArrayBufferWriter<byte>();
        buffer.ResetWrittenCount();
        buffer.Write(s_before);
        var json = t_json ??= new Utf8JsonWriter(buffer, new JsonWriterOptions
        {
            Encoder = MeshJson.Options.Encoder, SkipValidation = true,
        });
        json.Reset(buffer);
        JsonSerializer.Serialize(json, frame, MeshJson.Options);
        json.Flush();
        buffer.Write(After);
        var wire = WireFrames.Of(WireKind.Text, buffer.WrittenSpan);
        var head = wire.Length - buffer.WrittenCount + s_before.Length;
        _wire = wire;
        _json = new RawJson(wire.AsMemory(head..^After.Length));
        if (buffer.Capacity > BufferMax)
            (t_buffer, t_json) = (null, null);
    }
}
