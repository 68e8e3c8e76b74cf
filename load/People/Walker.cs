using System.Text;
using GridMesh.Load.Clients.Lanes;

namespace GridMesh.Load.People;

/// <summary>Somebody on duty whose phone tells where they are, a request for each position.</summary>
internal sealed class Walker
{
    private readonly PositionText _position;
    private readonly byte[] _request;
    private readonly int _at;
    private int _isSending;

    public Walker(string id, string host, string token, double lng, double lat, DateTimeOffset now)
    {
        (Id, Token, _position) = (id, token, new PositionText(id, lng, lat));
        var body = Encoding.UTF8.GetBytes($"[{_position.Text(now)}]");
        _request = RawRequest.Post("/api/v1/positions", host, token, body);
        _at = _request.Length - body.Length + 1;
    }

    public string Id { get; }

    public string Token { get; }

    /// <summary>The next request, one step on; null while the last one is still on its way.</summary>
    public ReadOnlyMemory<byte>? Step(DateTimeOffset now, Random random)
    {
        if (Interlocked.Exchange(ref _isSending, 1) == 1)
        {
            return null;
        }

        _position.Step(_request.AsSpan(_at), now, random);
        return _request;
    }

    /// <summary>Sends what <see cref="Step"/> gave, and is free for the next one when it was answered.</summary>
    public async Task<IResponse> SendAsync(ReadOnlyMemory<byte> request, LanePool lanes)
    {
        try
        {
            var taken = false;
            var status = await lanes.SendAsync(
                request, CancellationToken.None, (_, body) => taken = body.Span.StartsWith("{\"accepted\":1,"u8));
            return taken
                ? Response.Ok(statusCode: "202", sizeBytes: request.Length)
                : Response.Fail(statusCode: $"{status}");
        }
        finally
        {
            Arrived();
        }
    }

    /// <summary>The request has been answered, or never will be.</summary>
    public void Arrived() => Volatile.Write(ref _isSending, 0);
}
