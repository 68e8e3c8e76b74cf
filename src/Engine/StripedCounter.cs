namespace GridMesh.Engine;

/// <summary>A counter that many threads raise without sharing a cache line.</summary>
internal sealed class StripedCounter
{
    private const int Stripes = 16;
    private const int LongsPerCacheLine = 16;

    private readonly long[] _counts = new long[Stripes * LongsPerCacheLine];

    public long Sum
    {
        get
        {
            var sum = 0L;
            for (var i = 0; i < _counts.Length; i += LongsPerCacheLine)
                sum += Volatile.Read(ref _counts[i]);
            return sum;
        }
    }

    public void Increment() => Interlocked.Increment(
        ref _counts[(Environment.CurrentManagedThreadId & (Stripes - 1)) * LongsPerCacheLine]);
}
