using System.Net;
using System.Net.Sockets;

namespace GridMesh.Load.Clients.Lanes;

/// <summary>
/// One keep-alive connection of HTTP/1.1 with one request under way at a time. The load runs on the processors that it
/// measures, so a request must cost little here: bytes that were made before, and an answer that is only looked at as
/// far as needed.
/// </summary>
internal sealed class HttpLane : IDisposable
{
    /// <summary>Largest answer, head and body, in bytes.</summary>
    private const int AnswerMax = 256 * 1024;

    private readonly IPEndPoint _server;
    private Socket? _socket;
    private byte[] _buffer = new byte[1024];

    public HttpLane(IPEndPoint server) => _server = server;

    /// <summary>The body of the last answer, until the next request.</summary>
    public ReadOnlyMemory<byte> Body { get; private set; }

    /// <summary>Sends a whole request and reads the whole answer; connects where that is needed.</summary>
    /// <returns>The HTTP status.</returns>
    /// <exception cref="SocketException">The server is away.</exception>
    /// <exception cref="IOException">The connection broke, or the answer cannot be read.</exception>
    public async ValueTask<int> SendAsync(ReadOnlyMemory<byte> request, CancellationToken cancellation)
    {
        try
        {
            _socket ??= await ConnectAsync(cancellation);
            while (request.Length > 0)
            {
                request = request[await _socket.SendAsync(request, SocketFlags.None, cancellation)..];
            }

            return await ReceiveAsync(_socket, cancellation);
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

    private async Task<Socket> ConnectAsync(CancellationToken cancellation)
    {
        var socket = new Socket(_server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(_server, cancellation);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async ValueTask<int> ReceiveAsync(Socket socket, CancellationToken cancellation)
    {
        var filled = 0;
        while (true)
        {
            if (filled == _buffer.Length)
            {
                Grow();
            }

            var read = await socket.ReceiveAsync(_buffer.AsMemory(filled), SocketFlags.None, cancellation);
            if (read == 0)
            {
                throw new IOException("the server closed the connection");
            }

            filled += read;
            if (HttpAnswer.TryRead(_buffer.AsSpan(0, filled), out var answer))
            {
                Body = DechunkedBody(answer);
                if (answer.Closes)
                {
                    Dispose();
                }

                return answer.Status;
            }
        }
    }

    private ReadOnlyMemory<byte> DechunkedBody(HttpAnswer answer) =>
        answer.IsChunked
            ? _buffer.AsMemory(answer.BodyAt, HttpAnswer.Dechunk(_buffer.AsSpan(answer.BodyAt, answer.BodyLength)))
            : _buffer.AsMemory(answer.BodyAt, answer.BodyLength);

    private void Grow()
    {
        if (_buffer.Length >= AnswerMax)
        {
            throw new IOException($"the answer is longer than {AnswerMax} bytes");
        }

        Array.Resize(ref _buffer, Math.Min(AnswerMax, _buffer.Length * 4));
    }
}
