using System.Text;
using GridMesh.Load.Clients.Lanes;

namespace GridMesh.Load.People;

/// <summary>Positions of many in one request, as a town's own collecting server sends them.</summary>
internal sealed class WalkerBatch
{
    private readonly (PositionText Position, int At)[] _positions;
    private readonly byte[] _request;

    /// <param name="token">Of a lead whose area has them all.</param>
    public WalkerBatch(IReadOnlyList<Person> people, string host, string token, DateTimeOffset now)
    {
        _positions = new (PositionText, int)[people.Count];
        var body = new StringBuilder("[");
        for (var i = 0; i < people.Count; i++)
        {
            var position = new PositionText(people[i].Id, people[i].At.Lng, people[i].At.Lat);
            body.Append(i > 0 ? "," : string.Empty);
            _positions[i] = (position, body.Length);
            body.Append(position.Text(now));
        }

        var utf8 = Encoding.ASCII.GetBytes(body.Append(']').ToString());
        _request = RawRequest.Post("/api/v1/positions", host, token, utf8);
        var start = _request.Length - utf8.Length;
        for (var i = 0; i < _positions.Length; i++)
        {
            _positions[i].At += start;
        }
    }

    public int Count => _positions.Length;

    /// <summary>The next request, everybody one step on. One at a time.</summary>
    public ReadOnlyMemory<byte> Step(DateTimeOffset now, Random random)
    {
        foreach (var (position, at) in _positions)
        {
            position.Step(_request.AsSpan(at), now, random);
        }

        return _request;
    }
}
