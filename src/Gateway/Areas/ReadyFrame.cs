using System.Text.Json;
using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Json;
using GridMesh.Gateway.Sockets;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace GridMesh.Gateway.Areas;

/// <summary>A frame as it goes out: made into bytes once, whatever the number of its receivers.</summary>
internal sealed class ReadyFrame
{
    /// <summary>Name of the client's method.</summary>
    public const string Method = "frame";

    private static readonly JsonHubProtocol s_json = new();

    private readonly Lazy<SerializedHubMessage> _message;
    private readonly Lazy<ReadOnlyMemory<byte>> _wire;

    public ReadyFrame(AreaFrame frame)
    {
        Frame = frame;
        Json = new RawJson(JsonSerializer.SerializeToUtf8Bytes(frame, MeshJson.Options));
        _message = new(() => new SerializedHubMessage(new InvocationMessage(Method, [Json])));
        _wire = new(() => WireFrames.Of(WireKind.Text, _message.Value.GetSerializedMessage(s_json).Span));
    }

    public AreaFrame Frame { get; }

    public RawJson Json { get; }

    /// <summary>Sends it: over our own sockets as it is, over others as SignalR's message.</summary>
    public ValueTask SendAsync(HubConnectionContext connection, HubSocket? socket) => socket is not null
        ? socket.WriteAsync(_wire.Value)
        : connection.WriteAsync(_message.Value, CancellationToken.None);
}
