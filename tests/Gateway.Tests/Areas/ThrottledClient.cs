using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using GridMesh.Gateway.Plumbing.Sockets;
using GridMesh.Gateway.Tests.Plumbing.Sockets;
using GridMesh.Product.Fixture;

namespace GridMesh.Gateway.Tests.Areas;

/// <summary>A real client over TCP that has next to no buffer and reads only so many bytes a second.</summary>
internal sealed class ThrottledClient : IDisposable
{
    private const int BufferSize = 4 * 1024;

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = BufferSize };
    private readonly byte[] _read = new byte[BufferSize];
    private readonly MemoryStream _bytes = new();
    private readonly long _startedAt = TimeProvider.System.GetTimestamp();
    private readonly StringBuilder _message = new();
    private long _count;
    private bool _isOver;

    public int BytesPerSecond { get; init; } = 150_000;

    /// <param name="negotiates">True for the way that SignalR's own clients go.</param>
    public async Task ConnectAsync(MeshApp app, string token, string area, bool negotiates = false)
    {
        var query = $"access_token={token}";
        if (negotiates)
        {
            var answer = await app.Http.PostAsync($"/hubs/mesh/negotiate?negotiateVersion=1&{query}", null);
            var id = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("connectionToken")
                .GetString()!;
            query += $"&id={Uri.EscapeDataString(id)}";
        }

        await _socket.ConnectAsync(app.Url.Host, app.Url.Port);
        await SendAsync(Encoding.ASCII.GetBytes(
            $"GET /hubs/mesh?{query} HTTP/1.1\r\nHost: {app.Url.Authority}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"));
        while (!Text().Contains("\r\n\r\n"))
            (await ReadAsync()).ShouldBeTrue();

        Text().ShouldStartWith("HTTP/1.1 101");
        _bytes.SetLength(0);
        await SendAsync(ClientSide.Frame(WireKind.Text, "{\"protocol\":\"json\",\"version\":1}\u001e"));
        await SendAsync(ClientSide.Frame(
            WireKind.Text,
            $"{{\"type\":1,\"invocationId\":\"1\",\"target\":\"Watch\",\"arguments\":[\"{area}\"]}}\u001e"));
    }

    /// <summary>The next message that calls a method of the client; null at the server's farewell.</summary>
    public async Task<JsonElement?> CallAsync()
    {
        while (true)
        {
            while (Take() is { } message)
            {
                if (message.TryGetProperty("target", out _))
                    return message;
            }

            if (_isOver || !await ReadAsync())
                return null;
        }
    }

    public void Dispose()
    {
        _socket.Dispose();
        _bytes.Dispose();
    }

    private Task SendAsync(byte[] bytes) => _socket.SendAsync(bytes);

    private string Text() => Encoding.ASCII.GetString(_bytes.GetBuffer(), 0, (int)_bytes.Length);

    private async Task<bool> ReadAsync()
    {
        // A real client reads on the real clock.
        var ahead = TimeSpan.FromSeconds((double)_count / BytesPerSecond) - TimeProvider.System.GetElapsedTime(
            _startedAt);
        if (ahead > TimeSpan.Zero)
            await Task.Delay(ahead);

        var count = await _socket.ReceiveAsync(_read);
        _count += count;
        _bytes.Write(_read, 0, count);
        return count > 0;
    }

    /// <summary>Cuts the first whole frame off; where no message ends with it, an empty object.</summary>
    private JsonElement? Take()
    {
        var bytes = _bytes.GetBuffer().AsSpan(0, (int)_bytes.Length);
        if (bytes.Length < 2)
            return null;

        var (head, length) = bytes[1] switch
        {
            126 when bytes.Length >= 4 => (4, System.Buffers.Binary.BinaryPrimitives.ReadUInt16BigEndian(bytes[2..])),
            127 when bytes.Length >= 10 =>
                (10, (int)System.Buffers.Binary.BinaryPrimitives.ReadInt64BigEndian(bytes[2..])),
            < 126 => (2, bytes[1]),
            _ => (0, 0),
        };
        if (head == 0 || bytes.Length < head + length)
            return null;

        var (isLast, kind) = ((bytes[0] & 0x80) != 0, (WireKind)(bytes[0] & 0x0f));
        _isOver |= kind == WireKind.Close;
        var record = string.Empty;
        if (kind <= WireKind.Text)
        {
            _message.Append(Encoding.UTF8.GetString(bytes.Slice(head, length)));
            if (isLast)
            {
                record = _message.ToString().TrimEnd('\u001e').Split('\u001e')[^1];
                _message.Clear();
            }
        }

        var rest = bytes[(head + length)..].ToArray();
        _bytes.SetLength(0);
        _bytes.Write(rest);
        return JsonDocument.Parse(record.Length > 0 ? record : "{}").RootElement;
    }
}
