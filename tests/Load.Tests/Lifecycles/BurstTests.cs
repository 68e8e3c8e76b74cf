namespace GridMesh.Load.Tests.Lifecycles;

public sealed class BurstTests
{
    [Fact(DisplayName = "[LO46] a burst has the rates 1, 15, 1, 25, 2, 35, 10, 0 times a factor, one after the other")]
    public void Rates()
    {
        var steps = BurstScenario.Steps(10, 8);
        steps.Select(step => step.Rate).ShouldBe([10, 150, 10, 250, 20, 350, 100, 0]);
        steps.Zip(steps.Skip(1)).ShouldAllBe(pair => pair.First.Until == pair.Second.From);
        steps[^1].Until.ShouldBe(64);
    }

    [Fact(DisplayName = "[LO46] each spike is judged by the worst second of the calmer step after it, from its fifth on; the end of all load is none")]
    public void Calm()
    {
        var steps = BurstScenario.Steps(1, 8);
        var seconds = Enumerable.Range(0, 64).Select(second =>
        {
            var durations = Durations.Create();
            durations.Record(TimeSpan.FromMilliseconds(second is 20 or 39 ? 500 : 10));
            return durations;
        }).ToArray();
        BurstScenario.Calm(steps, seconds).Select(verdict => verdict.IsMet)
            .ShouldBe([true, false, true], "20 s is too soon after the first, 39 s is not after the second");
    }
}
