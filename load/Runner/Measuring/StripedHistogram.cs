using GridMesh.Load.Measuring;

namespace GridMesh.Load.Runner.Measuring;

/// <summary>
/// A histogram that many threads write to at once: each processor counts in a stripe of its own, and a reader adds the
/// stripes up. A value costs three uncontended additions and no memory.
/// </summary>
internal sealed class StripedHistogram
{
    /// <summary>Most stripes; more processors than that share them.</summary>
    private const int StripesMax = 16;

    private readonly Stripe?[] _stripes = new Stripe?[Math.Min(StripesMax, Environment.ProcessorCount)];

    /// <summary>Takes a value; what is below 0 counts as 0, what is above the largest cell counts as its end.</summary>
    public void Record(long value)
    {
        value = Math.Clamp(value, 0, Buckets.ValueMax);
        var stripe = StripeOf(Thread.GetCurrentProcessorId() % _stripes.Length);
        Interlocked.Increment(ref stripe.Counts[Buckets.Of(value)]);
        Interlocked.Add(ref stripe.Sum, value);
        Raise(ref stripe.Max, value);
        Raise(ref stripe.LeastNegated, -value);
    }

    /// <summary>What was recorded so far; values that come meanwhile may or may not be in it.</summary>
    public HistogramSnapshot Read()
    {
        var counts = new long[Buckets.Count];
        var (sum, max, least) = (0L, 0L, -Buckets.ValueMax);
        foreach (var stripe in _stripes)
        {
            if (stripe is null)
            {
                continue;
            }

            for (var i = 0; i < counts.Length; i++)
            {
                counts[i] += Interlocked.Read(ref stripe.Counts[i]);
            }

            sum += Interlocked.Read(ref stripe.Sum);
            max = Math.Max(max, Interlocked.Read(ref stripe.Max));
            least = Math.Max(least, Interlocked.Read(ref stripe.LeastNegated));
        }

        return new HistogramSnapshot(counts, sum, -least, max);
    }

    private static void Raise(ref long field, long value)
    {
        var seen = Interlocked.Read(ref field);
        while (value > seen && Interlocked.CompareExchange(ref field, value, seen) is var now && now != seen)
        {
            seen = now;
        }
    }

    private Stripe StripeOf(int index) =>
        Volatile.Read(ref _stripes[index]) ?? Interlocked.CompareExchange(ref _stripes[index], new Stripe(), null) ?? _stripes[index]!;

    private sealed class Stripe
    {
        public readonly long[] Counts = new long[Buckets.Count];
        public long Sum;
        public long Max;
        public long LeastNegated = -Buckets.ValueMax;
    }
}
