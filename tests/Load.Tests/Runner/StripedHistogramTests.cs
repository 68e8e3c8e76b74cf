using GridMesh.Load.Runner.Measuring;

namespace GridMesh.Load.Tests.Runner;

public sealed class StripedHistogramTests
{
    [Fact(DisplayName = "[LO16] a percentile is never too low and at most 1/128 too high, from a microsecond to an hour")]
    public void Error_bound()
    {
        var random = new Random(7);
        var values = Enumerable.Range(0, 20_000).Select(_ => (long)Math.Pow(10, random.NextDouble() * 9.5)).Order().ToArray();
        var histogram = new StripedHistogram();
        Array.ForEach(values, histogram.Record);
        var read = histogram.Read();

        foreach (var share in new[] { 0.0001, 0.01, 0.25, 0.5, 0.75, 0.95, 0.99, 0.999, 1 })
        {
            var exact = values[(int)Math.Ceiling(share * values.Length) - 1];
            read.Percentile(share).ShouldBeInRange(exact, (long)Math.Ceiling(exact * (1 + (1d / 128))));
        }

        (read.Min, read.Max, read.Sum).ShouldBe((values[0], values[^1], values.Sum()));
    }

    [Fact(DisplayName = "[LO16] what many threads record at once is all there")]
    public void Concurrent()
    {
        var histogram = new StripedHistogram();
        Parallel.For(0, 8, _ =>
        {
            for (var value = 1; value <= 25_000; value++)
            {
                histogram.Record(value);
            }
        });

        var read = histogram.Read();
        (read.Count, read.Sum, read.Min, read.Max).ShouldBe((200_000, 8L * 25_000 * 25_001 / 2, 1, 25_000));
    }

    [Fact(DisplayName = "[LO16] an interval has what came in it and nothing from before")]
    public void Interval()
    {
        var histogram = new StripedHistogram();
        histogram.Record(5);
        histogram.Record(1_000_000);
        var before = histogram.Read();
        histogram.Record(100);
        histogram.Record(200);
        var interval = histogram.Read().Since(before);

        (interval.Count, interval.Sum, interval.Min, interval.Max).ShouldBe((2, 300, 100, 200));
        interval.Percentile(0.5).ShouldBe(100);
        histogram.Read().Since(histogram.Read()).Count.ShouldBe(0);
    }

    [Fact(DisplayName = "[LO16] an empty histogram says zero, a value out of range counts as the nearest in it, and the deviation is that of the values")]
    public void Edges()
    {
        var empty = new StripedHistogram().Read();
        (empty.Count, empty.Min, empty.Max, empty.Percentile(0.99), empty.StandardDeviation()).ShouldBe((0, 0, 0, 0, 0));

        var histogram = new StripedHistogram();
        histogram.Record(-3);
        histogram.Record(long.MaxValue);
        (histogram.Read().Min, histogram.Read().Max).ShouldBe((0, (1L << 32) - 1));

        var two = new StripedHistogram();
        two.Record(100);
        two.Record(200);
        two.Read().StandardDeviation().ShouldBe(50, 0.5);
    }
}
