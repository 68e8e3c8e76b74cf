using GridMesh.Load.Measuring;

namespace GridMesh.Load.Tests.Measuring;

public sealed class HistogramTests
{
    [Fact(DisplayName = "[LO1] a single value of any size is told at most 1 % too high and never too low")]
    public void Error_of_a_single_value()
    {
        Histogram.RelativeErrorMax.ShouldBeLessThanOrEqualTo(0.01);
        for (var micros = 1d; micros < Histogram.ValueMax.TotalMicroseconds; micros *= 1.37)
        {
            var value = TimeSpan.FromMicroseconds(Math.Floor(micros));
            var histogram = new Histogram();
            histogram.Record(value);
            histogram.Record(TimeSpan.FromMicroseconds(Math.Min(Histogram.ValueMax.TotalMicroseconds, Math.Floor(micros) * 4)));

            var told = histogram.Percentile(0.5);

            told.ShouldBeGreaterThanOrEqualTo(value);
            told.ShouldBeLessThanOrEqualTo(value * (1 + Histogram.RelativeErrorMax));
        }
    }

    [Fact(DisplayName = "[LO1] percentiles of a seeded long-tailed crowd agree with the sorted values within 1 %")]
    public void Percentiles_of_a_crowd()
    {
        var random = new Random(7);
        var values = Enumerable.Range(0, 50_000)
            .Select(_ => TimeSpan.FromMicroseconds(Math.Floor(Math.Exp(random.NextDouble() * 16)))).ToArray();
        var histogram = new Histogram();
        foreach (var value in values)
        {
            histogram.Record(value);
        }

        Array.Sort(values);
        foreach (var share in new[] { 0.01, 0.5, 0.9, 0.95, 0.99, 0.999, 1 })
        {
            var exact = values[(int)Math.Ceiling(share * values.Length) - 1];
            histogram.Percentile(share).ShouldBeInRange(exact, exact * (1 + Histogram.RelativeErrorMax));
        }

        histogram.Count.ShouldBe(values.Length);
        histogram.Max.ShouldBe(values[^1]);
    }

    [Fact(DisplayName = "[LO1] every microsecond up to 256 is told exactly")]
    public void Small_values_are_exact()
    {
        for (var micros = 0; micros < 256; micros++)
        {
            var histogram = new Histogram();
            histogram.Record(TimeSpan.FromMicroseconds(micros));
            histogram.Record(TimeSpan.FromSeconds(1));
            histogram.Percentile(0.5).ShouldBe(TimeSpan.FromMicroseconds(micros));
        }
    }

    [Fact(DisplayName = "[LO1] what is negative counts as zero and what is too long as the longest, and both are counted")]
    public void Ends_of_the_range()
    {
        var histogram = new Histogram();
        histogram.Record(TimeSpan.FromSeconds(-1));
        histogram.Record(TimeSpan.FromDays(1));

        histogram.Count.ShouldBe(2);
        histogram.Percentile(0.5).ShouldBe(TimeSpan.Zero);
        histogram.Max.ShouldBe(Histogram.ValueMax);
        histogram.Percentile(1).ShouldBe(Histogram.ValueMax);
    }

    [Fact(DisplayName = "[LO1] an empty histogram says zero of nothing")]
    public void Empty() => new Histogram().Summarise("none").ShouldBe(
        new LatencySummary("none", 0, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero));
}
