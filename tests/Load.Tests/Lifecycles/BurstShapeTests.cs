using GridMesh.Load.Lifecycles;

namespace GridMesh.Load.Tests.Lifecycles;

public sealed class BurstShapeTests
{
    [Theory(DisplayName = "[LO46] a burst has the rates 1, 15, 1, 25, 2, 35, 10, 0 times a factor, one after the other")]
    [InlineData(1)]
    [InlineData(10)]
    public void Rates(int times)
    {
        var shape = new BurstShape(times, 10);
        shape.Steps.Select(step => step.Rate / times).ShouldBe([1, 15, 1, 25, 2, 35, 10, 0]);
        shape.Steps.Select(step => step.From).ShouldBe([0, 10, 20, 30, 40, 50, 60, 70]);
        shape.Seconds.ShouldBe(80);
    }

    [Fact(DisplayName = "[LO46] each spike is judged in the calmer step after it; the end of all load is none")]
    public void Spikes() => new BurstShape(1, 10).Spikes.Select(pair => (pair.Spike.Rate, pair.After.Rate)).ShouldBe([(15, 1), (25, 2), (35, 10)]);

    [Fact(DisplayName = "[LO47] commands count in the second in which they are answered, from the first of them on")]
    public void Seconds()
    {
        var time = new ManualTime();
        time.Advance(TimeSpan.FromSeconds(7));
        var seconds = new CommandSeconds(3, time);
        seconds.Record(TimeSpan.FromSeconds(9));
        seconds.Begin();
        seconds.Record(TimeSpan.FromMilliseconds(10));
        time.Advance(TimeSpan.FromSeconds(2.5));
        seconds.Begin();
        seconds.Record(TimeSpan.FromMilliseconds(500));
        time.Advance(TimeSpan.FromSeconds(1));
        seconds.Record(TimeSpan.FromSeconds(9));
        seconds.P95(0).TotalMilliseconds.ShouldBe(10, 0.1);
        seconds.P95(1).ShouldBe(TimeSpan.Zero);
        seconds.P95(2).TotalMilliseconds.ShouldBe(500, 5);
        seconds.WorstP95(0, 2).TotalMilliseconds.ShouldBe(10, 0.1);
        seconds.WorstP95(0, 100).TotalMilliseconds.ShouldBe(500, 5);
        seconds.WorstP95(5, 5).ShouldBe(TimeSpan.Zero);
    }
}
