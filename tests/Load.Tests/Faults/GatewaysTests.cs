namespace GridMesh.Load.Tests.Faults;

public sealed class GatewaysTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);
    private static readonly SentCommand s_report =
        new("incidents", "token", new { }, "key-1", "IncidentReported", null);

    [Theory(DisplayName = "[LO7] a command that meets a fault is sent again with its key, told once, and looked up afterwards")]
    [InlineData(StatusCodes.Status503ServiceUnavailable)]
    [InlineData(StatusCodes.Status500InternalServerError)]
    [InlineData(StatusCodes.Status429TooManyRequests)]
    public async Task Fault(int status)
    {
        var keys = new List<string>();
        await using var product = await FakeProduct.StartAsync(api => api.MapPost("incidents", (HttpRequest request) =>
        {
            keys.Add(request.Headers["Idempotency-Key"]!);
            return keys.Count < 3 ? Results.Json(new { code = "SiloIsUnavailable" }, statusCode: status)
                : FakeProduct.Case("case-1", "IncidentReported");
        }));
        var (calls, ledger) = (new Gateways([product.Client], s_patience, TimeProvider.System), new Ledger());
        (await calls.SendAsync(s_report, ledger, CancellationToken.None)).ShouldBe("case-1");
        keys.ShouldBe(["key-1", "key-1", "key-1"]);
        calls.Timeline.Codes.ShouldBe(new Dictionary<string, int> { ["SiloIsUnavailable"] = 2 });
        calls.Timeline.Answered.ShouldBe(1);
        ledger.Unanswered.ShouldBe([s_report]);
        ledger.Acknowledged.ShouldBe(1);
    }

    [Fact(DisplayName = "[LO7] a refusal stands and is not sent again")]
    public async Task Refusal()
    {
        var sent = 0;
        await using var product = await FakeProduct.StartAsync(api => api.MapPost("incidents", () =>
        {
            sent++;
            return Results.Conflict(new { code = "OwnerMustAcceptFirst" });
        }));
        var (calls, ledger) = (new Gateways([product.Client], s_patience, TimeProvider.System), new Ledger());
        (await calls.SendAsync(s_report, ledger, CancellationToken.None)).ShouldBeNull();
        sent.ShouldBe(1);
        ledger.Refused.ShouldContainKey("OwnerMustAcceptFirst");
        ledger.Unanswered.ShouldBeEmpty();
    }
}
