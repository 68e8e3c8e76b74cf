using System.Net;
using System.Net.Sockets;
using GridMesh.Gateway.Plumbing.Access;
using GridMesh.Gateway.Plumbing.Problems;

namespace GridMesh.Gateway.Public;

/// <summary>
/// How many numbers an address without a token may look up: a person asks for a few, and whoever tries one number after
/// another is slowed down, more so by each that does not exist.
/// </summary>
internal sealed class LookupLimits(LimitOptions options, TimeProvider time)
{
    /// <summary>Addresses remembered; one that is forgotten begins anew.</summary>
    public const int AddressesMax = 100_000;

    /// <summary>What a number that does not exist costs besides its look-up.</summary>
    public const int MissCost = 4;

    private readonly RecentMap<TokenBucket> _buckets = new(AddressesMax);

    /// <param name="count">What it costs; one that costs more than may be looked up at once costs all of that.</param>
    public bool TryTake(HttpContext context, int count = 1) =>
        BucketOf(context).TryTake(time.GetUtcNow().UtcTicks, Math.Min(count, options.LookupBurst), out _);

    /// <summary>The same, and the answer where it may not be looked up now; null where it may.</summary>
    public IResult? Refusal(HttpContext context, int count = 1) => TryTake(context, count)
        ? null
        : Problem.Of(ProblemCode.TooManyRequests);

    public void Missed(HttpContext context)
    {
        var bucket = BucketOf(context);
        for (var i = 0; i < MissCost; i++)
        {
            bucket.TryTake(time.GetUtcNow().UtcTicks, out _);
        }
    }

    private TokenBucket BucketOf(HttpContext context)
    {
        var key = KeyOf(context.Connection.RemoteIpAddress);
        return _buckets.Find(key)
            ?? _buckets.Keep(key, new TokenBucket(options.LookupPerSecond, options.LookupBurst));
    }

    /// <summary>Of IPv6 the network of a household, which has addresses to change without end.</summary>
    private static string KeyOf(IPAddress? address) => address switch
    {
        null => "none",
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } => Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)),
        _ => address.ToString(),
    };
}
