using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Json;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Logging.Abstractions;

namespace GridMesh.Gateway.Tests.Areas;

/// <summary>A connection whose peer reads only when told; its pipe is full after a few frames.</summary>
internal sealed class SlowPeer
{
    private readonly Pipe _toPeer;
    private readonly JsonHubProtocol _protocol = new(Microsoft.Extensions.Options.Options.Create(Options()));

    public SlowPeer(string id = "peer", int pauseAt = 2_048)
    {
        _toPeer = new Pipe(
            new PipeOptions(
                pauseWriterThreshold: pauseAt, resumeWriterThreshold: pauseAt / 2, useSynchronizationContext: false));
        var transport = new Duplex(new Pipe().Reader, _toPeer.Writer);
        var context = new DefaultConnectionContext(id, transport, transport);
        Connection = new HubConnectionContext(
            context, new HubConnectionContextOptions { KeepAliveInterval = TimeSpan.FromHours(1) },
            NullLoggerFactory.Instance)
        {
            Protocol = _protocol,
        };
    }

    public HubConnectionContext Connection { get; }

    public async Task<List<AreaFrame>> ReadAsync()
    {
        var read = await _toPeer.Reader.ReadAsync();
        var frames = new List<AreaFrame>();
        var rest = read.Buffer;
        while (rest.PositionOf((byte)0x1e) is { } end)
        {
            using var message = JsonDocument.Parse(Encoding.UTF8.GetString(rest.Slice(0, end)));
            frames.Add(message.RootElement.GetProperty("arguments")[0].Deserialize<AreaFrame>(MeshJson.Options)!);
            rest = rest.Slice(rest.GetPosition(1, end));
        }

        _toPeer.Reader.AdvanceTo(rest.Start, rest.End);
        return frames;
    }

    private static JsonHubProtocolOptions Options()
    {
        var options = new JsonHubProtocolOptions();
        MeshJson.Apply(options.PayloadSerializerOptions);
        return options;
    }

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
