namespace GridMesh.Load.Tests.Cluster;

public sealed class FaultTests
{
    [Theory(DisplayName = "[LO10] walls are right when the last of them is, within 15 s of a kill, and at all after another change")]
    [InlineData("kill -9", 14.9, 4d, true)]
    [InlineData("kill -9", 4d, 15.1, false)]
    [InlineData("kill -9", null, 4d, false)]
    [InlineData("drain", 4d, 40d, true)]
    [InlineData("drain", 4d, null, false)]
    public void Right(string name, double? district, double? grids, bool isMet) =>
        new Fault(
            name, 1, 2, new RightWalls(district, grids), new Timeline(TimeProvider.System)).Verdict.IsMet.ShouldBe(
                isMet);
}
