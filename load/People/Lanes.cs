using System.Buffers.Text;

namespace GridMesh.Load.People;

/// <summary>
/// Keep-alive connections of HTTP/1.1 with one request under way on each. The load runs on the processors that it
/// measures, so a position must cost little here: bytes that were made before, and an answer of which only the
/// beginning is looked at. Whoever sends takes the connection that rested longest, and waits where all are busy.
/// </summary>
internal sealed class Lanes : IDisposable
{
    private const int AnswerMax = 4_096;
    private readonly ConcurrentQueue<Lane> _free;
    private readonly SemaphoreSlim _room;

    public Lanes(Uri server, int size)
    {
        var address = new IPEndPoint(IPAddress.Parse(server.Host), server.Port);
        _free = new ConcurrentQueue<Lane>(Enumerable.Range(0, size).Select(_ => new Lane(address)));
        _room = new SemaphoreSlim(size, size);
    }

    public static byte[] Post(Uri server, string path, string token, ReadOnlySpan<byte> body) =>
    [
        .. Encoding.ASCII.GetBytes(
            $"POST {path} HTTP/1.1\r\nHost: {server.Authority}\r\nAuthorization: Bearer {token}\r\n"
            + $"Content-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n"),
        .. body,
    ];

    /// <returns>The status, and whether the body begins as is wanted.</returns>
    public async ValueTask<(int Status, bool IsWanted)> SendAsync(
        ReadOnlyMemory<byte> request, ReadOnlyMemory<byte> wanted)
    {
        await _room.WaitAsync();
        if (!_free.TryDequeue(out var lane))
            throw new InvalidOperationException("a connection was promised that is not there");
        try
        {
            return await lane.SendAsync(request, wanted);
        }
        finally
        {
            _free.Enqueue(lane);
            _room.Release();
        }
    }

    public void Dispose()
    {
        foreach (var lane in _free)
            lane.Dispose();
        _room.Dispose();
    }

    private sealed class Lane(IPEndPoint server) : IDisposable
    {
        private readonly byte[] _buffer = new byte[AnswerMax];
        private Socket? _socket;

        public async ValueTask<(int Status, bool IsWanted)> SendAsync(
            ReadOnlyMemory<byte> request, ReadOnlyMemory<byte> wanted)
        {
            try
            {
                if (_socket is null)
                {
                    _socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                    await _socket.ConnectAsync(server);
                }

                while (request.Length > 0)
                    request = request[await _socket.SendAsync(request, SocketFlags.None)..];
                for (var filled = 0; ;)
                {
                    var read = await _socket.ReceiveAsync(_buffer.AsMemory(filled), SocketFlags.None);
                    filled += read > 0 ? read
                        : throw new IOException("the server closed the connection, or said too much");
                    if (Parse(_buffer.AsSpan(0, filled), wanted.Span) is { } answer)
                        return answer;
                }
            }
            catch
            {
                // What is left of an answer must not be taken for the next one.
                Dispose();
                throw;
            }
        }

        public void Dispose()
        {
            _socket?.Dispose();
            _socket = null;
        }

        /// <summary>Null while the answer is not all there: to its length, or to the last of its chunks.</summary>
        private static (int, bool)? Parse(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> wanted)
        {
            var end = bytes.IndexOf("\r\n\r\n"u8) + 4;
            if (end < 4)
                return null;
            var head = bytes[..end];
            var body = bytes[end..];
            var field = head.IndexOf("Content-Length: "u8);
            var isWhole = field < 0
                ? body.EndsWith("0\r\n\r\n"u8)
                : Utf8Parser.TryParse(head[(field + 16)..], out int length, out _) && body.Length >= length;
            return !isWhole ? null
                : head.StartsWith("HTTP/1.1 "u8) && Utf8Parser.TryParse(head[9..], out int status, out _)
                    ? (status, body.StartsWith(wanted))
                : throw new IOException("the answer is not HTTP/1.1");
        }
    }
}
