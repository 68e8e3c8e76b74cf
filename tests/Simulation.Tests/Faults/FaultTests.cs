namespace GridMesh.Simulation.Tests.Faults;

public sealed class FaultTests
{
    private const int Seeds = 300;

    [Fact(DisplayName = "[DU1, ON1, RU5, DL1, TI3] whatever is lost, doubled, late or dead, nothing acknowledged is lost, nothing is done twice, and at rest every number is right")]
    public async Task AnySeed()
    {
        for (var seed = 1; seed <= Seeds; seed++)
            await new FaultRun(seed, steps: seed % 2 == 0).RunAsync();
    }

    /// <summary>
    /// Seeds that failed once, with what they found. They find it as long as the script stays as it is.
    /// </summary>
    [Theory(DisplayName = "[RU5] a seed that failed once is run for ever")]
    [InlineData(
        29, "a clock that was put back kept a grid from checking itself, and a deadline from passing, for as long")]
    [InlineData(53, "the same for what an area had missed")]
    [InlineData(116, "the same")]
    [InlineData(2, "a grid was told a row whose facts had not been written, under the version of those that were")]
    [InlineData(
        314, "a grid read half of the index when the store went down, and what it had read by then stayed untold")]
    [InlineData(2628, "a grid without open cases died, and nobody called it: the keeper of the tree does")]
    [InlineData(30, "a shift whose notice to the grid was lost is told again with the same command")]
    public Task Kept(int seed, string found)
    {
        found.ShouldNotBeEmpty();
        return new FaultRun(seed, steps: true).RunAsync();
    }
}
