namespace GridMesh.Load.Tests.People;

public sealed class WalkerTests
{
    private static readonly DateTimeOffset s_start = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);
    private static readonly Uri s_server = new("http://127.0.0.1:1");

    [Fact(DisplayName = "[LO23] requests of positions are whole, everybody one step on")]
    public void Steps()
    {
        Person[] people = [
            .. Enumerable.Range(0, 50)
            .Select(i => new Person($"W{i}", "450105001001001", new GeoPoint(108 + (i / 1e3), 22)))];
        var batch = new Positions(people);
        for (var round = 1; round <= 100; round++)
        {
            var now = s_start.AddMilliseconds(round * 4_999);
            var positions = JsonSerializer.Deserialize<JsonElement[]>(batch.Step(now, new Random(round)).Span)!;
            positions.Select(position => position.GetProperty("worker").GetString())
                .ShouldBe(people.Select(person => person.Id));
            positions.ShouldAllBe(position => position.GetProperty("at").GetDateTimeOffset() == now);
            positions.Zip(people).ShouldAllBe(
                pair => Math.Abs(pair.First.GetProperty("lng").GetDouble() - pair.Second.At.Lng) < 0.0002 * round);
        }
    }

    [Fact(DisplayName = "[LO23] a request tells its length, and none is made while the last is on its way")]
    public void Request()
    {
        var walker = new Walker(new Person("W1", "450105001001001", new GeoPoint(1, 1)), s_server, "token");
        PositionsIn(walker.Step(s_start, new Random(1))!.Value).Length.ShouldBe(1);
        walker.Step(s_start, new Random(1)).ShouldBeNull();
    }

    [Fact(DisplayName = "[LO22] the lean HTTP client takes an answer of HTTP/1.1 to its end, with a length or in chunks, one after the other")]
    public async Task Lean()
    {
        var turn = 0;
        await using var product = await FakeProduct.StartAsync(
            api => api.MapPost("positions", async (HttpContext context) =>
        {
            context.Response.StatusCode = ++turn % 2 == 0 ? 202 : 409;
            if (turn % 2 == 0)
                context.Response.ContentLength = 15;
            await context.Response.WriteAsync("{\"accepted\":1, ");
        }));
        using var lanes = new Lanes(product.Client.Url, 1);
        var walker = new Walker(
            new Person("W1", "450105001001001", new GeoPoint(108, 22)), product.Client.Url, "token");
        foreach (var isError in new[] { true, false, true, false })
        {
            var response = await walker.SendAsync(walker.Step(s_start, new Random(1))!.Value, lanes);
            (response.IsError, response.Code).ShouldBe((isError, isError ? "409" : "202"));
        }
    }

    /// <summary>Takes a request apart as a server does: by the length that its head tells.</summary>
    private static JsonElement[] PositionsIn(ReadOnlyMemory<byte> request)
    {
        var text = Encoding.UTF8.GetString(request.Span);
        var head = text[..(text.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)];
        head.ShouldStartWith("POST /api/v1/positions HTTP/1.1\r\nHost: 127.0.0.1:1\r\nAuthorization: Bearer token\r\n");
        head.ShouldContain($"Content-Length: {text.Length - head.Length}\r\n");
        return [.. JsonSerializer.Deserialize<JsonElement>(text[head.Length..]).EnumerateArray()];
    }
}
