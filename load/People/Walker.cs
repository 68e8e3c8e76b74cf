using System.Buffers;
using System.Buffers.Text;

namespace GridMesh.Load.People;

/// <summary>
/// Positions of somebody, or of many as a town's own collecting server sends them, in one request that is made once:
/// places and times have always the same length, so they are written anew where they stand.
/// </summary>
internal sealed class Positions
{
    public const string Path = "/api/v1/positions";
    private const string Time = "yyyy-MM-ddTHH:mm:ss.fffZ";
    private const string Lng = "\"lng\":";
    private const string Lat = ",\"lat\":";
    private const string At = ",\"at\":\"";

    /// <summary>Degrees that one step leads at most: some ten metres.</summary>
    private const double StepMax = 0.0001;

    /// <summary>Within these both have always the same number of digits; China lies within them.</summary>
    private const double LngMin = 100, LngMax = 179.9, LatMin = 10, LatMax = 89.9;

    private readonly (int LngAt, double Lng, double Lat)[] _places;
    private readonly byte[] _bytes;

    /// <param name="before">What stands in the request before the body, made for a body of this length.</param>
    public Positions(IReadOnlyList<Person> people, DateTimeOffset now, Func<byte[], byte[]> before)
    {
        _places = new (int, double, double)[people.Count];
        var body = new StringBuilder("[");
        for (var i = 0; i < people.Count; i++)
        {
            var (lng, lat) = (Math.Clamp(people[i].At.Lng, LngMin, LngMax),
                Math.Clamp(people[i].At.Lat, LatMin, LatMax));
            body.Append(i > 0 ? "," : "")
                .Append(CultureInfo.InvariantCulture, $"{{\"worker\":\"{people[i].Id}\",{Lng}");
            _places[i] = (body.Length, lng, lat);
            body.Append(
                CultureInfo.InvariantCulture,
                $"{lng:F6}{Lat}{lat:F6}{At}{now.UtcDateTime.ToString(Time, CultureInfo.InvariantCulture)}")
                .Append("\",\"accuracy\":8}");
        }

        var utf8 = Encoding.ASCII.GetBytes(body.Append(']').ToString());
        _bytes = before(utf8);
        for (var i = 0; i < _places.Length; i++)
            _places[i].LngAt += _bytes.Length - utf8.Length;
    }

    /// <summary>The next request, everybody one step on. One at a time.</summary>
    public byte[] Step(DateTimeOffset now, Random random)
    {
        double Next(double value, double min, double max) =>
            Math.Clamp(value + (((random.NextDouble() * 2) - 1) * StepMax), min, max);
        foreach (ref var place in _places.AsSpan())
        {
            (place.Lng, place.Lat) = (Next(place.Lng, LngMin, LngMax), Next(place.Lat, LatMin, LatMax));
            var at = place.LngAt;
            Utf8Formatter.TryFormat(place.Lng, _bytes.AsSpan(at), out var written, new StandardFormat('F', 6));
            at += written + Lat.Length;
            Utf8Formatter.TryFormat(place.Lat, _bytes.AsSpan(at), out written, new StandardFormat('F', 6));
            now.UtcDateTime.TryFormat(
                _bytes.AsSpan(at + written + At.Length), out _, Time, CultureInfo.InvariantCulture);
        }

        return _bytes;
    }
}

/// <summary>Somebody on duty whose phone tells where they are, a request for each position.</summary>
internal sealed class Walker(Person person, Uri server, string token, DateTimeOffset now)
{
    private static readonly byte[] s_taken = "{\"accepted\":1,"u8.ToArray();
    private readonly Positions _positions = new([person], now, body => Lanes.Post(server, Positions.Path, token, body));
    private int _isSending;

    /// <summary>The next request, one step on; null while the last one is still on its way.</summary>
    public ReadOnlyMemory<byte>? Step(DateTimeOffset at, Random random) =>
        Interlocked.Exchange(ref _isSending, 1) == 1 ? (ReadOnlyMemory<byte>?)null : _positions.Step(at, random);

    /// <summary>Sends what <see cref="Step"/> gave, and is free for the next one when it was answered.</summary>
    public async Task<Response> SendAsync(ReadOnlyMemory<byte> request, Lanes lanes)
    {
        try
        {
            var (status, isTaken) = await lanes.SendAsync(request, s_taken);
            return isTaken ? new Response(false, "202", Bytes: request.Length) : Response.Fail($"{status}");
        }
        finally
        {
            Volatile.Write(ref _isSending, 0);
        }
    }
}
