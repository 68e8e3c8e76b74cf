using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;

namespace GridMesh.Gateway.Plumbing.Sockets;

/// <summary>
/// Reads a client's line: payloads go to the hub, pings are answered, a farewell ends it. Holds no buffer while nothing
/// comes.
/// </summary>
internal sealed class SocketReceiver(Stream stream, PipeWriter hub, HubSocket socket)
{
    private const int ReadMax = 4 * 1024;

    private MaskedFrames _frames = new();
    private byte[] _control = [];
    private bool _isHubGone;

    /// <summary>Ends with the line, or with the client's farewell.</summary>
    public async Task RunAsync()
    {
        Exception? fault = null;
        try
        {
            // A read of nothing waits without a buffer.
            while (await stream.ReadAsync(Memory<byte>.Empty) == 0 && await TakeAsync())
            {
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ConnectionAbortedException)
        {
            // The line is cut: the hub sees its input end.
        }
        catch (InvalidDataException e)
        {
            fault = e;
        }

        await hub.CompleteAsync(fault);
    }

    /// <summary>Takes what has come; false when nothing more will.</summary>
    private async ValueTask<bool> TakeAsync()
    {
        var buffer = ArrayPool<byte>.Shared.Rent(ReadMax);
        try
        {
            var count = await stream.ReadAsync(buffer.AsMemory(0, ReadMax));
            if (count == 0 || !Split(buffer.AsSpan(0, count)))
                return false;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        // After the hub has ended the line is read on for the client's farewell only.
        _isHubGone = _isHubGone || (await hub.FlushAsync()).IsCompleted;
        return true;
    }

    /// <summary>False at the client's farewell.</summary>
    private bool Split(Span<byte> data)
    {
        while (_frames.TryNext(ref data, out var kind, out var run, out var isEnd))
        {
            if (kind >= WireKind.Close)
            {
                if (!Control(kind, run, isEnd))
                    return false;
            }
            else if (!_isHubGone)
            {
                hub.Write(run);
            }
        }

        return true;
    }

    private bool Control(WireKind kind, ReadOnlySpan<byte> run, bool isEnd)
    {
        _control = [.. _control, .. run];
        if (!isEnd)
            return true;

        if (kind == WireKind.Ping)
            socket.Pong(_control);

        _control = [];
        return kind != WireKind.Close;
    }
}
