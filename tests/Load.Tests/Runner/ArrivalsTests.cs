using GridMesh.Load.Runner.Schedules;
using GridMesh.Load.Runner.CSharp;

namespace GridMesh.Load.Tests.Runner;

public sealed class ArrivalsTests
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    [Theory(DisplayName = "[LO12] injected iterations are evenly spaced from the start, each at its own moment and not after another")]
    [InlineData(10, 1_000, 1_000, 10, 3, 300)]
    [InlineData(1, 2_000, 7_000, 4, 3, 6_000)]
    [InlineData(3, 1_000, 1_000, 3, 2, 666.6666)]
    [InlineData(20_000, 1_000, 500, 10_000, 9_999, 499.95)]
    [InlineData(5, 1_000, 300, 2, 1, 200)]
    public void Steady(int rate, double intervalMs, double duringMs, long count, long index, double dueMs)
    {
        var arrivals = new SteadyArrivals(rate, Ms(intervalMs), Ms(duringMs));
        arrivals.Count.ShouldBe(count);
        arrivals.DueAt(0).ShouldBe(TimeSpan.Zero);
        arrivals.DueAt(index).ShouldBe(Ms(dueMs));
    }

    [Theory(DisplayName = "[LO12] a ramp injects exactly the area under its line, most where the line is high, inside its time and in order")]
    [InlineData(0, 100, 10, 500, 125)]
    [InlineData(100, 0, 10, 500, 375)]
    [InlineData(20, 20, 5, 100, 50)]
    [InlineData(10, 30, 4, 80, 30)]
    public void Ramp(double from, double to, double seconds, long count, long inFirstHalf)
    {
        var arrivals = new RampArrivals(from, to, TimeSpan.FromSeconds(seconds));
        arrivals.Count.ShouldBe(count);
        var due = Enumerable.Range(0, (int)count).Select(index => arrivals.DueAt(index)).ToArray();
        due.ShouldBe(due.Order());
        due.ShouldAllBe(at => at >= TimeSpan.Zero && at < TimeSpan.FromSeconds(seconds));
        ((long)due.Count(at => at < TimeSpan.FromSeconds(seconds / 2))).ShouldBe(inFirstHalf);
    }

    [Fact(DisplayName = "[LO12] up and down are mirror images")]
    public void Mirror()
    {
        var (up, down) = (new RampArrivals(0, 40, s_second), new RampArrivals(40, 0, s_second));
        for (var i = 0; i < 20; i++)
        {
            (up.DueAt(i) + down.DueAt(19 - i)).TotalMilliseconds.ShouldBe(1_000, 0.01);
        }
    }

    [Fact(DisplayName = "[LO12] a random rate stays between its bounds in every interval, and is drawn alike each time")]
    public void Random_rate()
    {
        var arrivals = new RandomArrivals(5, 9, s_second, TimeSpan.FromSeconds(50), new Random(1));
        var due = Enumerable.Range(0, (int)arrivals.Count).Select(index => arrivals.DueAt(index)).ToArray();
        var counts = due.GroupBy(at => (int)at.TotalSeconds).Select(group => group.Count()).ToArray();
        counts.Length.ShouldBe(50);
        counts.ShouldAllBe(count => count >= 5 && count <= 9);
        counts.Distinct().Count().ShouldBeGreaterThan(1);
        due.ShouldBe(due.Order());
        var again = new RandomArrivals(5, 9, s_second, TimeSpan.FromSeconds(50), new Random(1));
        Enumerable.Range(0, (int)again.Count).Select(index => again.DueAt(index)).ShouldBe(due);
    }

    [Theory(DisplayName = "[LO15] copies follow a straight line, each change at its own moment")]
    [InlineData(0, 50, 30, 0, 0)]
    [InlineData(0, 50, 30, 15, 25)]
    [InlineData(0, 50, 30, 30, 50)]
    [InlineData(50, 20, 30, 10, 40)]
    [InlineData(50, 0, 30, 29.9, 0)]
    [InlineData(7, 7, 30, 3, 7)]
    public void Copies(int from, int to, double seconds, double at, int copies) =>
        new CopiesPlan(from, to, TimeSpan.FromSeconds(seconds)).CopiesAt(TimeSpan.FromSeconds(at)).ShouldBe(copies);

    [Fact(DisplayName = "[LO15] from one change to the next the copies differ by one, until the end")]
    public void Changes()
    {
        var plan = new CopiesPlan(3, 11, TimeSpan.FromSeconds(16));
        var (at, copies) = (TimeSpan.Zero, plan.CopiesAt(TimeSpan.Zero));
        for (var next = plan.NextChange(at); next < plan.During; next = plan.NextChange(at))
        {
            next.ShouldBeGreaterThan(at);
            plan.CopiesAt(next).ShouldBe(++copies);
            at = next;
        }

        copies.ShouldBe(11);
    }

    [Fact(DisplayName = "[LO12] stretches follow each other, and a ramp goes on from where the one before ended")]
    public void Plan()
    {
        var phases = LoadPhase.Plan(
        [
            Simulation.RampingInject(rate: 10, interval: s_second, during: TimeSpan.FromSeconds(10)),
            Simulation.RampingInject(rate: 40, interval: TimeSpan.FromSeconds(2), during: TimeSpan.FromSeconds(10)),
            Simulation.Pause(TimeSpan.FromSeconds(3)),
            Simulation.RampingConstant(copies: 5, during: s_second),
            Simulation.RampingConstant(copies: 2, during: s_second),
            Simulation.IterationsForInject(rate: 10, interval: s_second, iterations: 25),
        ]);

        phases[0].Arrivals!.Count.ShouldBe(50);
        phases[1].Arrivals!.Count.ShouldBe(150);
        (phases[2].Arrivals, phases[2].Copies, phases[2].During).ShouldBe((null, null, TimeSpan.FromSeconds(3)));
        phases[3].Copies.ShouldBe(new CopiesPlan(0, 5, s_second));
        phases[4].Copies.ShouldBe(new CopiesPlan(5, 2, s_second));
        (phases[5].Arrivals!.Count, phases[5].During).ShouldBe((25, TimeSpan.FromSeconds(2.5)));
    }

    private static TimeSpan Ms(double value) => TimeSpan.FromTicks((long)(value * TimeSpan.TicksPerMillisecond));
}
