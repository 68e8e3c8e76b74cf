namespace GridMesh.Load.Tests.Faults;

public sealed class LedgerTests
{
    [Fact(DisplayName = "[LO6] of a worker's shifts the last acknowledged one holds")]
    public void Shifts()
    {
        var ledger = new Ledger();
        ledger.Acknowledge(Command(null, true), "W1", 0);
        ledger.Acknowledge(Command(null, false), "W1", 0);
        ledger.Acknowledged.ShouldBe(2);
        ledger.Duty.ShouldHaveSingleItem().Value.ShouldBeFalse();
    }

    private static SentCommand Command(string? fact, bool onDuty = false) =>
        new("incidents", "token", new object(), "key", fact, null, onDuty);
}
