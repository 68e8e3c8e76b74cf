using GridMesh.Load.Cluster;
using GridMesh.Load.Products;
using GridMesh.Load.Reports;

namespace GridMesh.Load.Tests.Cluster;

public sealed class ClusterReportTests
{
    private static readonly Settlement s_settled = new(100, 0, 3, 0, true, 1, []);

    private static readonly ClusterFindings s_good = new(
        [new PhaseResult("one silo", [], 0, 0, 50, 350, 1)], [s_settled, s_settled],
        [FaultOf("kill -9", 14.9), FaultOf("drain", 20)], new Drained(WasRed: true, InOrder: true), new Joined(4, 9, 300), [],
        new SiloBuild("0000000", "Orleans 10.4.2"));

    [Fact(DisplayName = "[LO10] a cluster that loses nothing and shows the right wall in time meets every threshold")]
    public void Good() => Missed(s_good).ShouldBeEmpty();

    [Fact(DisplayName = "[LO10] each loss, each wall that is late or wrong and each stop out of order is a missed threshold")]
    public void Bad()
    {
        Missed(s_good with { Settlements = [s_settled, s_settled with { Lost = 1 }] }).ShouldBe(["acknowledged commands lost"]);
        Missed(s_good with { Settlements = [s_settled with { Wrong = 1 }] }).ShouldHaveSingleItem().ShouldContain("exactly once");
        Missed(s_good with { Settlements = [s_settled with { Acknowledged = 0 }] }).ShouldBe(["commands acknowledged"]);
        Missed(s_good with { Settlements = [s_settled, s_settled with { IsClean = false }] }).ShouldBe(["verify clean"]);
        Missed(s_good with { Settlements = [s_settled with { NotInOrder = ["silo-1"] }] })
            .ShouldBe(["processes that did not stop in order"]);
        Missed(s_good with { Phases = [s_good.Phases[0] with { Missing = 1 }] }).ShouldHaveSingleItem().ShouldContain("never came");
        Missed(s_good with { Faults = [FaultOf("kill -9", 15.1)] }).ShouldBe(["kill -9: walls right after"]);
        Missed(s_good with { Faults = [FaultOf("drain", null)] }).ShouldBe(["drain: walls right after"]);
        Missed(s_good with { Drained = new Drained(WasRed: false, InOrder: true) }).ShouldBe(["drain: red before the end"]);
        Missed(s_good with { Drained = new Drained(WasRed: true, InOrder: false) }).ShouldBe(["drain: exit code 0"]);
        Missed(s_good with { Joined = new Joined(4, null, 0) }).ShouldBe(["a new silo: carries its share"]);
    }

    [Theory(DisplayName = "[LO10] walls are right when the last of them is")]
    [InlineData(3d, 4d, 4d)]
    [InlineData(5d, 4d, 5d)]
    [InlineData(null, 4d, null)]
    [InlineData(3d, null, null)]
    public void Last_wall(double? district, double? grids, double? all) => new RightWalls(district, grids).All.ShouldBe(all);

    private static IEnumerable<string> Missed(ClusterFindings findings) =>
        ClusterReport.Judge(findings).Where(threshold => !threshold.IsMet).Select(threshold => threshold.Name);

    private static Fault FaultOf(string name, double? seconds) =>
        new(name, 1, 2, new RightWalls(seconds, 1), 3, new Timeline(TimeProvider.System));
}
