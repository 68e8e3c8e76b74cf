namespace GridMesh.Load.Tests.Running;

public sealed class StretchTests
{
    private static readonly TimeSpan s_ten = TimeSpan.FromSeconds(10);

    [Theory(DisplayName = "[LO12] injected iterations are evenly spaced from the start, and a rate need not be whole")]
    [InlineData(10, 100)]
    [InlineData(0.25, 3)]
    [InlineData(2.5, 25)]
    [InlineData(3, 30)]
    public void Even(double rate, int count)
    {
        var arrivals = Stretch.Open(rate, s_ten).Arrivals().ToArray();
        arrivals.Length.ShouldBe(count);
        for (var i = 0; i < count; i++)
            arrivals[i].TotalSeconds.ShouldBe(i / rate, 1e-6);
    }

    [Fact(DisplayName = "[LO12] nothing arrives in a pause")]
    public void Pause() => Stretch.Pause(s_ten).Arrivals().ShouldBeEmpty();

    [Theory(DisplayName = "[LO1] what a histogram tells is never too low and at most 1 % too high")]
    [InlineData(0.001)]
    [InlineData(0.257)]
    [InlineData(99.999)]
    [InlineData(3_600_000)]
    public void Exact(double ms)
    {
        var durations = Durations.Create();
        durations.Ms(99).ShouldBe(0, "there is none yet");
        durations.Record(TimeSpan.FromMilliseconds(ms));
        durations.Ms(100).ShouldBeInRange(ms - 1e-9, ms * 1.01);
    }

    [Fact(DisplayName = "[LO1] what is negative counts as zero and what is too long as the longest, and both are counted")]
    public void Bounds()
    {
        var durations = Durations.Create();
        durations.Record(TimeSpan.FromSeconds(-5));
        durations.Record(TimeSpan.FromDays(2));
        (durations.TotalCount, durations.Ms(50)).ShouldBe((2, 0));
        durations.Ms(100).ShouldBeGreaterThan(TimeSpan.FromHours(1).TotalMilliseconds);
    }

    [Fact(DisplayName = "[LO1] an interval has what came in it, the whole has everything, whoever recorded it")]
    public void Intervals()
    {
        var (measures, second) = (new Measures("send"), TimeSpan.FromSeconds(1));
        Parallel.For(0, 1_000, i => measures.Record(Response.Ok, TimeSpan.FromMilliseconds(i % 10)));
        measures.TakeInterval(second).Ok.ShouldBe(1_000);
        measures.Record(Response.Fail("TooBusy"), TimeSpan.FromMilliseconds(50));
        var interval = measures.TakeInterval(second);
        (interval.Ok, interval.Failed).ShouldBe((0, 1));
        var all = measures.Total(second * 2);
        (all.Ok, all.OkPerSecond, all.Failed, all.Codes.Single().Code).ShouldBe((1_000, 500, 1, "TooBusy"));
    }
}
