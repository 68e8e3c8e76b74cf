using GridMesh.Gateway.Plumbing.Access;
using GridMesh.Gateway.Plumbing.Problems;

namespace GridMesh.Gateway.Public;

/// <summary>
/// How many numbers an address without a token may look up: a person asks for a few, and whoever tries one number after
/// another is slowed down, more so by each that does not exist.
/// </summary>
internal sealed class LookupLimits(LimitOptions options, TimeProvider time)
{
    /// <summary>What a number that does not exist costs besides its look-up.</summary>
    public const int MissCost = 4;

    private readonly AddressBuckets _buckets = new(options.LookupPerSecond, options.LookupBurst);

    /// <param name="count">What it costs; one that costs more than may be looked up at once costs all of that.</param>
    public bool TryTake(HttpContext context, int count = 1) =>
        _buckets.Of(context).TryTake(time.GetUtcNow().UtcTicks, Math.Min(count, options.LookupBurst), out _);

    /// <summary>The same, and the answer where it may not be looked up now; null where it may.</summary>
    public IResult? Refusal(HttpContext context, int count = 1) => TryTake(context, count)
        ? null
        : Problem.Of(ProblemCode.TooManyRequests);

    public void Missed(HttpContext context)
    {
        var bucket = _buckets.Of(context);
        for (var i = 0; i < MissCost; i++)
            bucket.TryTake(time.GetUtcNow().UtcTicks, out _);
    }
}
