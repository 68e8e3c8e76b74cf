namespace GridMesh.Gateway.Plumbing.Access;

/// <summary>
/// How much one subject may ask: so many requests at once, refilled evenly. It is one number, the time at which the
/// bucket is full again (GCRA), so a hundred thousand of them need no timer.
/// </summary>
/// <param name="each">Time for one request.</param>
/// <param name="burst">Requests at once, at least 1.</param>
internal sealed class TokenBucket(TimeSpan each, int burst)
{
    private readonly long _each = each.Ticks;
    private long _fullAt;

    /// <param name="perSecond">Requests a second, at least 1.</param>
    public TokenBucket(int perSecond, int burst)
        : this(TimeSpan.FromSeconds(1) / perSecond, burst)
    {
    }

    /// <summary>Takes one; otherwise tells how long until there is one.</summary>
    /// <param name="now">Ticks, on one clock for all calls.</param>
    public bool TryTake(long now, out TimeSpan wait) => TryTake(now, 1, out wait);

    /// <summary>Takes several at once, or none of them.</summary>
    public bool TryTake(long now, int count, out TimeSpan wait)
    {
        while (true)
        {
            var held = Volatile.Read(ref _fullAt);

            // No bucket is emptier than empty: where the clock was set back, nobody waits until it has come on again.
            var emptiest = now + (_each * burst);
            if (held > emptiest)
            {
                Interlocked.CompareExchange(ref _fullAt, emptiest, held);
                continue;
            }

            var next = Math.Max(held, now) + (_each * count);
            wait = TimeSpan.FromTicks(next - emptiest);
            if (wait > TimeSpan.Zero)
                return false;

            if (Interlocked.CompareExchange(ref _fullAt, next, held) == held)
            {
                wait = TimeSpan.Zero;
                return true;
            }
        }
    }
}
