using System.Text.Unicode;

namespace GridMesh.Load.People;

/// <summary>Positions of somebody, or of many as a town's own collecting server sends them, in one request.</summary>
internal sealed class Positions(IReadOnlyList<Person> people)
{
    public const string Path = "/api/v1/positions";
    private const int BytesEach = 160;

    /// <summary>Degrees that one step leads at most: some ten metres.</summary>
    private const double StepMax = 0.0001;
    private readonly GeoPoint[] _places = [.. people.Select(person => person.At)];
    private readonly byte[] _bytes = new byte[people.Count * BytesEach];

    /// <summary>The next request, everybody one step on, good until the one after. One at a time.</summary>
    public ReadOnlyMemory<byte> Step(DateTimeOffset now, Random random)
    {
        double Next(double value) => value + (((random.NextDouble() * 2) - 1) * StepMax);
        var length = 0;
        for (var i = 0; i < _places.Length; i++)
        {
            var at = _places[i] = new GeoPoint(Next(_places[i].Lng), Next(_places[i].Lat));
            Utf8.TryWrite(
                _bytes.AsSpan(length), CultureInfo.InvariantCulture,
                $"{(i == 0 ? '[' : ',')}{{\"worker\":\"{people[i].Id}\",\"lng\":{at.Lng:F6},\"lat\":{at.Lat:F6},\"at\":\"{now.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffZ}\",\"accuracy\":8}}",
                out var written);
            length += written;
        }

        _bytes[length++] = (byte)']';
        return _bytes.AsMemory(0, length);
    }
}

/// <summary>Somebody on duty whose phone tells where they are, a request for each position.</summary>
internal sealed class Walker(Person person, Uri server, string token)
{
    private static readonly byte[] s_taken = "{\"accepted\":1,"u8.ToArray();
    private readonly Positions _positions = new([person]);
    private int _isSending;

    /// <summary>The next request, one step on; null while the last one is still on its way.</summary>
    public ReadOnlyMemory<byte>? Step(DateTimeOffset at, Random random) =>
        Interlocked.Exchange(ref _isSending, 1) == 1 ? (ReadOnlyMemory<byte>?)null
            : Lanes.Post(server, Positions.Path, token, _positions.Step(at, random).Span);

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
