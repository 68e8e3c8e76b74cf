using GridMesh.Clock.Fixture;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace GridMesh.Engine.Tests.Hosts;

/// <summary>A view of the clock of a test for one part of a silo.</summary>
internal abstract class ClockView(FakeTime time) : TimeProvider
{
    public override long TimestampFrequency => time.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => time.GetUtcNow();

    public override long GetTimestamp() => time.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        time.CreateTimer(callback, state, dueTime, period);
}

/// <summary>For grains. Timers of the silo's own parts, the pulling of streams first, run on the real clock.</summary>
internal sealed class GrainClock(FakeTime time, IServiceProvider services) : ClockView(time)
{
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        // A timer is made in a turn of its owner. The accessor is asked for late, as it needs this clock itself.
        var owner = services.GetRequiredService<IGrainContextAccessor>().GrainContext.GrainId;
        return owner.IsSystemTarget()
            ? System.CreateTimer(callback, state, dueTime, period)
            : base.CreateTimer(callback, state, dueTime, period);
    }
}

/// <summary>
/// For reminders. Their service also waits for random moments between two milliseconds, by delays of whole milliseconds
/// in a loop, which on a clock that stands still never ends. So who asks and asks is told that the millisecond is over.
/// </summary>
internal sealed class ReminderClock(FakeTime time) : ClockView(time)
{
    private const int ReadsMax = 1_000;

    private readonly Lock _lock = new();
    private DateTimeOffset _last;
    private int _reads;

    public override DateTimeOffset GetUtcNow()
    {
        var now = base.GetUtcNow();
        lock (_lock)
        {
            _reads = now == _last ? _reads + 1 : 1;
            _last = now;
            return _reads % ReadsMax == 0 ? now + TimeSpan.FromMilliseconds(1) : now;
        }
    }
}
