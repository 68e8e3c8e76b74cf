using GridMesh.Gateway.Plumbing.Health;
using Microsoft.Extensions.Logging.Abstractions;

namespace GridMesh.Gateway.Tests.Plumbing.Health;

public sealed class ClockStepsTests : TimeProvider
{
    private DateTimeOffset _now = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);
    private long _stamp;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    [Fact(DisplayName = "[TI3] a clock that was set is seen with how much, whatever time has passed; one that only runs is not")]
    public void Seen()
    {
        using var steps = new ClockSteps(this, NullLogger<ClockSteps>.Instance);
        Pass(TimeSpan.FromMinutes(10), TimeSpan.FromSeconds(1));
        steps.Look();
        steps.Last.ShouldBeNull();
        Pass(TimeSpan.FromSeconds(1), TimeSpan.FromHours(-1));
        steps.Look();
        steps.Last.ShouldBe(new ClockStep(_now, -3600));
        Pass(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(2));
        steps.Look();
        steps.Last!.Seconds.ShouldBe(120);
    }

    public override DateTimeOffset GetUtcNow() => _now;

    public override long GetTimestamp() => _stamp;

    private void Pass(TimeSpan elapsed, TimeSpan set)
    {
        _stamp += elapsed.Ticks;
        _now += elapsed + set;
    }
}
