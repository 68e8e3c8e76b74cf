using GridMesh.Load.Measuring;

namespace GridMesh.Load.Tests.Measuring;

public sealed class SightingsTests
{
    private static readonly long s_second = TimeSpan.TicksPerSecond;

    private readonly Sightings _sightings = new(2, new ManualTime());

    [Fact(DisplayName = "[LO3] a card counts from the intended moment, whether it comes before or after the acknowledgement")]
    public void Either_order()
    {
        _sightings.Expect("late", 1 * s_second);
        _sightings.See("early", 5 * s_second);
        _sightings.Missing.ShouldBe(1);
        _sightings.See("late", 4 * s_second);
        _sightings.Expect("early", 2 * s_second);

        _sightings.Missing.ShouldBe(0);
        _sightings.Latency.Count.ShouldBe(2);
        _sightings.Latency.Max.ShouldBe(TimeSpan.FromSeconds(3));
        _sightings.Latency.Percentile(0).ShouldBe(TimeSpan.FromSeconds(3));
    }

    [Fact(DisplayName = "[LO3] an acknowledged case whose card never comes is missing")]
    public void Missing()
    {
        _sightings.Expect("lost", 0);
        _sightings.See("another", 1);
        _sightings.Missing.ShouldBe(1);
        _sightings.Latency.Count.ShouldBe(0);
    }

    [Fact(DisplayName = "[LO3] a card that comes again counts once, at its first coming")]
    public void Again()
    {
        _sightings.See("case", 1 * s_second);
        _sightings.See("case", 9 * s_second);
        _sightings.Expect("case", 0);
        _sightings.See("case", 10 * s_second);

        _sightings.Latency.Count.ShouldBe(1);
        _sightings.Latency.Max.ShouldBe(TimeSpan.FromSeconds(1));
    }

    [Fact(DisplayName = "[LO3] cards that nobody asks for are forgotten beyond the bound, the oldest first")]
    public void Bounded()
    {
        _sightings.See("a", 0);
        _sightings.See("b", 0);
        _sightings.See("c", 0);
        _sightings.Expect("a", 0);
        _sightings.Expect("b", 0);

        _sightings.Missing.ShouldBe(1);
    }
}
