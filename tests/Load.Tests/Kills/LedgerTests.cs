using GridMesh.Load.Kills;

namespace GridMesh.Load.Tests.Kills;

public sealed class LedgerTests
{
    [Fact(DisplayName = "[LO6] every acknowledged fact is kept under its case with its place in the history")]
    public void Facts_by_case()
    {
        var ledger = new Ledger();
        ledger.Acknowledge(Command("IncidentReported"), "case-1", 1);
        ledger.Acknowledge(Command("IncidentDispatched"), "case-1", 2);
        ledger.Acknowledge(Command("IncidentReported"), "case-2", 1);

        ledger.Acknowledged.ShouldBe(3);
        ledger.Cases.Select(record => record.Id).ShouldBe(["case-1", "case-2"]);
        ledger.Cases.First().Facts.ShouldBe([(1, "IncidentReported"), (2, "IncidentDispatched")]);
    }

    [Fact(DisplayName = "[LO6] of a worker's shifts the last acknowledged one holds")]
    public void Shifts()
    {
        var ledger = new Ledger();
        ledger.AcknowledgeShift("W1", true);
        ledger.AcknowledgeShift("W1", false);

        ledger.Acknowledged.ShouldBe(2);
        ledger.Duty.ShouldHaveSingleItem().Value.ShouldBeFalse();
    }

    [Theory(DisplayName = "[LO6] the median of the rounds is the middle one, or between the two middle ones")]
    [InlineData(new double[] { }, 0)]
    [InlineData(new[] { 3d }, 3)]
    [InlineData(new[] { 1d, 2, 9 }, 2)]
    [InlineData(new[] { 1d, 2, 4, 9 }, 3)]
    public void Median(double[] ordered, double median) => KillReport.Median(ordered).ShouldBe(median);

    private static SentCommand Command(string fact) => new("incidents", "token", new object(), "key", fact, null);
}
