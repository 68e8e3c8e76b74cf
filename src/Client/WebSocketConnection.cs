using System.IO.Pipelines;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Connections;

namespace GridMesh.Client;

/// <summary>The transport that SignalR's client package would bring: a WebSocket as a pair of pipes.</summary>
internal sealed class WebSocketConnection : DefaultConnectionContext
{
    private readonly ClientWebSocket _socket;

    public WebSocketConnection(ClientWebSocket socket)
    {
        _socket = socket;
        ConnectionId = Guid.NewGuid().ToString("N");
        var input = new Pipe();
        var output = new Pipe();
        Transport = new DuplexPipe(input.Reader, output.Writer);
        _ = ReceiveAsync(input.Writer);
        _ = SendAsync(output.Reader);
    }

    public override async ValueTask DisposeAsync()
    {
        _socket.Abort();
        _socket.Dispose();
        await base.DisposeAsync();
    }

    private async Task ReceiveAsync(PipeWriter writer)
    {
        try
        {
            while (true)
            {
                var result = await _socket.ReceiveAsync(writer.GetMemory(4096), CancellationToken.None);
                if (result.MessageType == WebSocketMessageType.Close)
                {
                    break;
                }

                writer.Advance(result.Count);
                await writer.FlushAsync();
            }

            await writer.CompleteAsync();
        }
        catch (Exception e)
        {
            await writer.CompleteAsync(e);
        }
    }

    private async Task SendAsync(PipeReader reader)
    {
        try
        {
            while (true)
            {
                var read = await reader.ReadAsync();
                foreach (var segment in read.Buffer)
                {
                    await _socket.SendAsync(segment, WebSocketMessageType.Text, true, CancellationToken.None);
                }

                reader.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted)
                {
                    break;
                }
            }
        }
        catch (Exception e)
        {
            await reader.CompleteAsync(e);
        }
    }

    private sealed record DuplexPipe(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
