using System.IO.Pipelines;
using System.Text;
using GridMesh.Gateway.Plumbing.Sockets;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace GridMesh.Gateway.Tests.Plumbing.Sockets;

/// <summary>The other end of a socket's line, without a network: what the client sends and what comes to it.</summary>
internal sealed class ClientSide : IHttpRequestLifetimeFeature
{
    private readonly Pipe _toServer = new();
    private readonly Pipe _toClient = new();

    public ClientSide()
    {
        Http = new DefaultHttpContext();
        Http.Features.Set<IHttpRequestLifetimeFeature>(this);
        Line = new Duplex(_toServer.Reader.AsStream(), _toClient.Writer.AsStream(), this);
    }

    public DefaultHttpContext Http { get; }

    /// <summary>The server's end.</summary>
    public Stream Line { get; }

    public bool IsAborted { get; private set; }

    /// <summary>While set, what the server writes hangs.</summary>
    public TaskCompletionSource? Jam { get; set; }

    public CancellationToken RequestAborted { get; set; }

    public void Abort()
    {
        IsAborted = true;
        _toServer.Writer.Complete();
        Jam?.TrySetException(new IOException("aborted"));
    }

    public Task SendAsync(WireKind kind, string text) => _toServer.Writer.WriteAsync(Frame(kind, text)).AsTask();

    public Task SendAsync(byte[] bytes) => _toServer.Writer.WriteAsync(bytes).AsTask();

    /// <summary>The next whole frame of the server, shorter than 126 bytes.</summary>
    public async Task<(WireKind Kind, string Text)> ReadAsync()
    {
        var head = await _toClient.Reader.ReadAtLeastAsync(2);
        var length = head.Buffer.Slice(1, 1).FirstSpan[0];
        var kind = (WireKind)(head.Buffer.FirstSpan[0] & 0x0f);
        _toClient.Reader.AdvanceTo(head.Buffer.GetPosition(2));
        if (length == 0)
            return (kind, "");

        var body = await _toClient.Reader.ReadAtLeastAsync(length);
        var text = Encoding.Latin1.GetString(body.Buffer.Slice(0, length).FirstSpan);
        _toClient.Reader.AdvanceTo(body.Buffer.GetPosition(length));
        return (kind, text);
    }

    public async Task<byte[]> ReadRawAsync(int count)
    {
        var read = await _toClient.Reader.ReadAtLeastAsync(count);
        var bytes = System.Buffers.BuffersExtensions.ToArray(read.Buffer.Slice(0, count));
        _toClient.Reader.AdvanceTo(read.Buffer.GetPosition(count));
        return bytes;
    }

    /// <summary>A client's frame, masked.</summary>
    public static byte[] Frame(WireKind kind, string text)
    {
        byte[] mask = [1, 2, 3, 250];
        var payload = Encoding.UTF8.GetBytes(text).Select((b, i) => (byte)(b ^ mask[i % 4]));
        var frame = WireFrames.Of(kind, Encoding.UTF8.GetBytes(text));
        var head = frame[..WireFrames.HeadOf(text.Length)];
        head[1] |= 0x80;
        return [.. head, .. mask, .. payload];
    }

    private sealed class Duplex(Stream input, Stream output, ClientSide side) : Stream
    {
        public override bool CanRead => true;

        public override bool CanWrite => true;

        public override bool CanSeek => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get =>
            throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            input.ReadAsync(buffer, cancellationToken);

        public override async ValueTask WriteAsync(
            ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (side.Jam is { } jam)
                await jam.Task;

            await output.WriteAsync(buffer, cancellationToken);
        }

        public override void Flush() => throw new NotSupportedException();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
