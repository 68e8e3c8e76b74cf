namespace GridMesh.Load.Tests.Faults;

public sealed class CheckTests
{
    private const string Reported = "IncidentReported";
    private const string Dispatched = "IncidentDispatched";

    [Theory(DisplayName = "[LO6] a fact that is missing, doubled or in another place is lost, one that is there is not")]
    [InlineData(0, Reported, Dispatched)]
    [InlineData(1, Reported)]
    [InlineData(1, Reported, Dispatched, Dispatched)]
    [InlineData(2, Dispatched, Reported)]
    public async Task Lost_facts(int lost, params string[] history)
    {
        await using var product = await FakeProduct.StartAsync(api =>
            api.MapGet("incidents/{id}", (string id) => FakeProduct.Case(id, history)));
        (await product.Lookup.LostAsync([Acknowledged()], CancellationToken.None)).ShouldBe(lost);
        product.Said.Count.ShouldBe(lost);
    }

    [Fact(DisplayName = "[LO6] a case that is gone has lost every fact that was acknowledged")]
    public async Task Lost_case()
    {
        await using var product = await FakeProduct.StartAsync(api =>
            api.MapGet("incidents/{id}", () => Results.NotFound(new { code = "CaseNotFound" })));
        (await product.Lookup.LostAsync([Acknowledged()], CancellationToken.None)).ShouldBe(2);
        product.Said.ShouldHaveSingleItem().ShouldContain("CaseNotFound");
    }

    [Theory(DisplayName = "[LO6] a shift that was acknowledged and does not hold is lost")]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    public async Task Lost_shift(bool onDuty, int lost)
    {
        await using var product = await FakeProduct.StartAsync(api => api.MapGet("workers/{id}", () => new { onDuty }));
        (await product.Lookup.LostShiftsAsync(new Dictionary<string, bool> { ["W1"] = true }, CancellationToken.None))
            .ShouldBe(lost);
    }

    [Theory(DisplayName = "[LO6] a report that is sent again has to come to one case, of which the list holds one")]
    [InlineData("case-1", "case-1", 1, 0)]
    [InlineData("case-1", "case-2", 1, 1)]
    [InlineData("case-1", "case-1", 2, 1)]
    [InlineData("case-1", "case-1", 0, 1)]
    public async Task Retried_report(string firstAnswer, string secondAnswer, int listed, int wrong)
    {
        var answers = new Queue<string>([firstAnswer, secondAnswer]);
        await using var product = await FakeProduct.StartAsync(api =>
        {
            api.MapPost("incidents", () => FakeProduct.Case(answers.Dequeue(), Reported));
            api.MapGet("incidents/{id}", (string id) => FakeProduct.Case(id, Reported));
            api.MapGet("incidents", () => new { items = new int[listed] });
        });
        var ledger = Unanswered(new SentCommand("incidents", "worker", new { }, "key-1", Reported, null));
        (await product.Lookup.WrongAsync(ledger, DateTimeOffset.UnixEpoch, CancellationToken.None)).ShouldBe(wrong);
    }

    [Theory(DisplayName = "[LO6] a command to a case that is sent again has to be in its history once")]
    [InlineData(0, Reported, Dispatched)]
    [InlineData(1, Reported)]
    [InlineData(1, Reported, Dispatched, Dispatched)]
    public async Task Retried_command(int wrong, params string[] history)
    {
        await using var product = await FakeProduct.StartAsync(api =>
        {
            api.MapPost("incidents/{id}/dispatch", (string id) => FakeProduct.Case(id, history));
            api.MapGet("incidents/{id}", (string id) => FakeProduct.Case(id, history));
        });
        var ledger = Unanswered(
            new SentCommand("incidents/case-1/dispatch", "token", new { }, "key-1", Dispatched, "case-1"));
        (await product.Lookup.WrongAsync(ledger, DateTimeOffset.UnixEpoch, CancellationToken.None)).ShouldBe(wrong);
    }

    private static CaseRecord Acknowledged()
    {
        var record = new CaseRecord("case-1");
        record.Facts.Add((1, Reported));
        record.Facts.Add((2, Dispatched));
        return record;
    }

    private static Ledger Unanswered(SentCommand command)
    {
        var ledger = new Ledger();
        ledger.Unanswered.Add(command);
        return ledger;
    }
}
