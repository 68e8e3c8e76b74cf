using GridMesh.Contracts.Clocks;
using GridMesh.Gateway.Plumbing.Access;

namespace GridMesh.Gateway.Plumbing.Keys;

/// <summary>How much one key has asked: this second, and this day in China.</summary>
internal sealed class KeyMeter(int perSecond, int perDay)
{
    private readonly TokenBucket _bucket = new(perSecond, perSecond);
    private readonly Lock _lock = new();
    private int _day;
    private int _today;

    /// <summary>For the key of Development.</summary>
    public static KeyMeter Generous => new(1_000, int.MaxValue);

    /// <summary>A request that is refused for its second does not count for the day.</summary>
    public bool TryTake(DateTimeOffset now)
    {
        if (!_bucket.TryTake(now.UtcTicks, out _))
            return false;

        var day = ChinaTime.Day(now).DayNumber;
        lock (_lock)
        {
            if (_day != day)
                (_day, _today) = (day, 0);

            return _today < perDay && ++_today > 0;
        }
    }
}
