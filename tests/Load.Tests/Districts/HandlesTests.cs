using GridMesh.Load.Districts;

namespace GridMesh.Load.Tests.Districts;

public sealed class HandlesTests
{
    [Theory(DisplayName = "[LO25] flat is the last quarter as the second; what is built up in the first does not count")]
    [InlineData(new double[] { 1, 50, 100, 100, 100, 100, 100, 100 }, 1)]
    [InlineData(new double[] { 100, 100, 100, 100, 120, 140, 150, 150 }, 1.5)]
    [InlineData(new double[] { 100, 100, 200, 200, 100, 100, 100, 100 }, 0.5)]
    public void Growth(double[] samples, double expected) => Handles.Growth(samples)!.Value.ShouldBe(expected, 1e-9);

    [Fact(DisplayName = "[LO25] three samples are not enough to tell")]
    public void TooFew() => Handles.Growth([1, 2, 3]).ShouldBeNull();
}
