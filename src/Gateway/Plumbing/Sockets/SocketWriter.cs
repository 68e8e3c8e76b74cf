using System.Buffers;
using System.IO.Pipelines;

namespace GridMesh.Gateway.Plumbing.Sockets;

/// <summary>
/// What SignalR writes its messages to: each flush becomes one text frame. Holds a buffer only between the first byte
/// and the flush; SignalR never writes two messages at once.
/// </summary>
internal sealed class SocketWriter(HubSocket socket) : PipeWriter
{
    private const int BufferMin = 512;

    private byte[]? _buffer;
    private int _count;

    public override Memory<byte> GetMemory(int sizeHint = 0)
    {
        Grow(Math.Max(sizeHint, 1));
        return _buffer.AsMemory(_count);
    }

    public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public override void Advance(int bytes) => _count += bytes;

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        if (_buffer is not { } buffer)
            return default;

        var length = _count - WireFrames.HeadMax;
        var start = WireFrames.HeadMax - WireFrames.HeadOf(length);
        WireFrames.WriteHead(buffer.AsSpan(start), WireKind.Text, length);
        var writing = socket.WriteAsync(buffer.AsMemory(start, _count - start));
        _buffer = null;
        if (writing.IsCompletedSuccessfully)
        {
            ArrayPool<byte>.Shared.Return(buffer);
            return default;
        }

        return FinishAsync(writing, buffer);
    }

    public override void CancelPendingFlush()
    {
        // A write that hangs is ended with its connection.
    }

    public override void Complete(Exception? exception = null)
    {
        // The socket says goodbye when the hub has ended.
    }

    private static async ValueTask<FlushResult> FinishAsync(ValueTask writing, byte[] buffer)
    {
        await writing;
        ArrayPool<byte>.Shared.Return(buffer);
        return default;
    }

    private void Grow(int room)
    {
        if (_buffer is null)
        {
            _buffer = ArrayPool<byte>.Shared.Rent(Math.Max(BufferMin, WireFrames.HeadMax + room));
            _count = WireFrames.HeadMax;
        }
        else if (_buffer.Length - _count < room)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_buffer.Length * 2, _count + room));
            _buffer.AsSpan(0, _count).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }
    }
}
