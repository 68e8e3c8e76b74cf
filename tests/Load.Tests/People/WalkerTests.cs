using System.Globalization;
using System.Text;
using System.Text.Json;
using GridMesh.Contracts.Areas;
using GridMesh.Load.People;

namespace GridMesh.Load.Tests.People;

public sealed class WalkerTests
{
    private static readonly DateTimeOffset s_start = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    [Fact(DisplayName = "[LO23] a phone's request stays whole while place and time in it are written anew")]
    public void Steps()
    {
        var walker = new Walker("W1", "host:1", "token", 108.325, 22.7, s_start);
        var random = new Random(1);
        var last = (Lng: 108.325, Lat: 22.7);
        for (var i = 0; i < 1_000; i++)
        {
            var now = s_start.AddMilliseconds(1 + (i * 4_999));
            var position = PositionsIn(walker.Step(now, random)!.Value).Single();
            walker.Arrived();
            position.GetProperty("worker").GetString().ShouldBe("W1");
            position.GetProperty("at").GetDateTimeOffset().ShouldBe(now);
            var place = (Lng: position.GetProperty("lng").GetDouble(), Lat: position.GetProperty("lat").GetDouble());
            place.ShouldNotBe(last);
            Math.Abs(place.Lng - last.Lng).ShouldBeLessThan(0.0002);
            Math.Abs(place.Lat - last.Lat).ShouldBeLessThan(0.0002);
            last = place;
        }
    }

    [Fact(DisplayName = "[LO23] a phone sends no position while its last one is on its way")]
    public void OneAtATime()
    {
        var walker = new Walker("W1", "host:1", "token", 108, 22, s_start);
        walker.Step(s_start, new Random(1)).ShouldNotBeNull();
        walker.Step(s_start, new Random(1)).ShouldBeNull();
        walker.Arrived();
        walker.Step(s_start, new Random(1)).ShouldNotBeNull();
    }

    [Theory(DisplayName = "[LO23] at the edge of what has the same number of digits a request stays whole")]
    [InlineData(179.99, 89.99)]
    [InlineData(1, 1)]
    public void Edges(double lng, double lat)
    {
        var walker = new Walker("W1", "host:1", "token", lng, lat, s_start);
        for (var i = 0; i < 100; i++)
        {
            PositionsIn(walker.Step(s_start.AddSeconds(i), new Random(i))!.Value).Length.ShouldBe(1);
            walker.Arrived();
        }
    }

    [Fact(DisplayName = "[LO23] a batch has everybody once, each one step on")]
    public void Batch()
    {
        Person[] people = [.. Enumerable.Range(0, 500).Select(i => new Person($"W{i}", "450105001001001", new GeoPoint(108 + (i / 1e3), 22), []))];
        var batch = new WalkerBatch(people, "host:1", "token", s_start);
        batch.Count.ShouldBe(500);
        for (var round = 1; round <= 3; round++)
        {
            var now = s_start.AddSeconds(round);
            var positions = PositionsIn(batch.Step(now, new Random(round)));
            positions.Select(position => position.GetProperty("worker").GetString()).ShouldBe(people.Select(person => person.Id));
            positions.ShouldAllBe(position => position.GetProperty("at").GetDateTimeOffset() == now);
        }
    }

    /// <summary>Takes a request apart as a server does: by the length that its head tells.</summary>
    private static JsonElement[] PositionsIn(ReadOnlyMemory<byte> request)
    {
        var text = Encoding.UTF8.GetString(request.Span);
        var head = text[..(text.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)];
        head.ShouldStartWith("POST /api/v1/positions HTTP/1.1\r\nHost: host:1\r\nAuthorization: Bearer token\r\n");
        var length = head.Split("\r\n").Single(line => line.StartsWith("Content-Length: ", StringComparison.Ordinal))["Content-Length: ".Length..];
        (text.Length - head.Length).ShouldBe(int.Parse(length, CultureInfo.InvariantCulture));
        using var json = JsonDocument.Parse(text[head.Length..]);
        return [.. json.RootElement.EnumerateArray().Select(position => position.Clone())];
    }
}
