using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace GridMesh.Load.People;

/// <summary>
/// Somebody on duty whose phone tells where they are: the request is made once, and only place and time in it are
/// written anew each time.
/// </summary>
internal sealed class Walker
{
    private const string Time = "yyyy-MM-ddTHH:mm:ss.fffZ";

    /// <summary>Degrees that one step leads at most: some ten metres.</summary>
    private const double StepMax = 0.0001;

    private readonly byte[] _request;
    private readonly int _lngAt;
    private readonly int _latAt;
    private readonly int _timeAt;
    private double _lng;
    private double _lat;
    private int _isSending;

    /// <param name="lng">100-180, so that it always has the same number of digits.</param>
    /// <param name="lat">10-89, likewise.</param>
    public Walker(string id, string host, string token, double lng, double lat, DateTimeOffset now)
    {
        (Id, Token, _lng, _lat) = (id, token, lng, lat);
        var body = $$"""[{"worker":"{{id}}","lng":{{Degrees(lng)}},"lat":{{Degrees(lat)}},"at":"{{TimeOf(now)}}","accuracy":8}]""";
        var request = $"POST /api/v1/positions HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {token}\r\n"
            + $"Content-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}";
        _request = Encoding.UTF8.GetBytes(request);
        _lngAt = After("\"lng\":");
        _latAt = After("\"lat\":");
        _timeAt = After("\"at\":\"");

        int After(string field) => _request.AsSpan().LastIndexOf(Encoding.UTF8.GetBytes(field)) + field.Length;
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

        _lng = Math.Clamp(_lng + (((random.NextDouble() * 2) - 1) * StepMax), 100, 179.9);
        _lat = Math.Clamp(_lat + (((random.NextDouble() * 2) - 1) * StepMax), 10, 89.9);
        WriteDegrees(_lng, _lngAt);
        WriteDegrees(_lat, _latAt);
        now.UtcDateTime.TryFormat(_request.AsSpan(_timeAt), out _, Time, CultureInfo.InvariantCulture);
        return _request;
    }

    /// <summary>The request has been answered, or never will be.</summary>
    public void Arrived() => Volatile.Write(ref _isSending, 0);

    private static string Degrees(double value) => value.ToString("F6", CultureInfo.InvariantCulture);

    private static string TimeOf(DateTimeOffset at) => at.UtcDateTime.ToString(Time, CultureInfo.InvariantCulture);

    private void WriteDegrees(double value, int at) =>
        Utf8Formatter.TryFormat(value, _request.AsSpan(at), out _, new System.Buffers.StandardFormat('F', 6));
}
