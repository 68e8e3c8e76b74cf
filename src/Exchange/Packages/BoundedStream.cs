namespace GridMesh.Exchange.Packages;

/// <summary>The file holds more than it may; nothing of it is used.</summary>
internal sealed class FileTooLargeException(long bytesMax) : IOException($"the file is larger than {bytesMax} bytes")
{
    public long BytesMax { get; } = bytesMax;
}

/// <summary>Reads no more than a number of bytes: what an archive unpacks to is known only while it does.</summary>
internal sealed class BoundedStream(Stream inner, long bytesMax) : Stream
{
    private long _read;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _read;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Count(inner.Read(buffer, offset, count));

    public override int Read(Span<byte> buffer) => Count(inner.Read(buffer));

    public override async Task<int> ReadAsync(
        byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        Count(await inner.ReadAsync(buffer.AsMemory(offset, count), cancellationToken));

    public override async ValueTask<int> ReadAsync(
        Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Count(await inner.ReadAsync(buffer, cancellationToken));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();

        base.Dispose(disposing);
    }

    private int Count(int read)
    {
        _read += read;
        return _read <= bytesMax ? read : throw new FileTooLargeException(bytesMax);
    }
}
