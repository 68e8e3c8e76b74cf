using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace GridMesh.Load.People;

/// <summary>
/// One position within a request that is made once: place and time have always the same length, so they are written
/// anew where they stand.
/// </summary>
internal sealed class PositionText
{
    private const string Time = "yyyy-MM-ddTHH:mm:ss.fffZ";
    private const string Lng = "\"lng\":";
    private const string Lat = "\"lat\":";
    private const string At = "\"at\":\"";

    /// <summary>Degrees that one step leads at most: some ten metres.</summary>
    private const double StepMax = 0.0001;

    /// <summary>Within these both have always the same number of digits; China lies within them.</summary>
    private const double LngMin = 100, LngMax = 179.9, LatMin = 10, LatMax = 89.9;

    private readonly string _head;
    private double _lng;
    private double _lat;

    public PositionText(string worker, double lng, double lat)
    {
        _head = $$"""{"worker":"{{worker}}",""";
        (_lng, _lat) = (Math.Clamp(lng, LngMin, LngMax), Math.Clamp(lat, LatMin, LatMax));
    }

    /// <summary>The object as it first stands in a request.</summary>
    public string Text(DateTimeOffset now) =>
        $$"""{{_head}}{{Lng}}{{Degrees(_lng)}},{{Lat}}{{Degrees(_lat)}},{{At}}{{now.UtcDateTime.ToString(Time, CultureInfo.InvariantCulture)}}","accuracy":8}""";

    /// <summary>One step on, written over the object at the start of these bytes.</summary>
    public void Step(Span<byte> utf8, DateTimeOffset now, Random random)
    {
        _lng = Math.Clamp(_lng + (((random.NextDouble() * 2) - 1) * StepMax), LngMin, LngMax);
        _lat = Math.Clamp(_lat + (((random.NextDouble() * 2) - 1) * StepMax), LatMin, LatMax);
        var at = Encoding.UTF8.GetByteCount(_head) + Lng.Length;
        at += WriteDegrees(_lng, utf8[at..]) + 1 + Lat.Length;
        at += WriteDegrees(_lat, utf8[at..]) + 1 + At.Length;
        now.UtcDateTime.TryFormat(utf8[at..], out _, Time, CultureInfo.InvariantCulture);
    }

    private static string Degrees(double value) => value.ToString("F6", CultureInfo.InvariantCulture);

    private static int WriteDegrees(double value, Span<byte> utf8)
    {
        Utf8Formatter.TryFormat(value, utf8, out var written, new StandardFormat('F', 6));
        return written;
    }
}
