namespace GridMesh.Simulation.Tests.Faults;

public sealed class FaultTests
{
    private const int Seeds = 1_000;

    [Fact(DisplayName = "[DU1, ON1, RU5, DL1] whatever is lost, doubled, late or dead, nothing acknowledged is lost, nothing is done twice, and at rest every number is right")]
    public async Task AnySeed()
    {
        for (var seed = 1; seed <= Seeds; seed++)
        {
            await new FaultRun(seed).RunAsync();
        }
    }

    [Theory(DisplayName = "[RU5] a seed that failed once")]
    [InlineData(1)]
    public Task Kept(int seed) => new FaultRun(seed).RunAsync();
}
