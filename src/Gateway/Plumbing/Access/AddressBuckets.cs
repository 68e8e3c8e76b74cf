using System.Net;
using System.Net.Sockets;

namespace GridMesh.Gateway.Plumbing.Access;

/// <summary>A bucket for each address that was there lately.</summary>
internal sealed class AddressBuckets(int perSecond, int burst)
{
    /// <summary>Addresses remembered; one that is forgotten begins anew.</summary>
    public const int AddressesMax = 100_000;

    private readonly RecentMap<TokenBucket> _buckets = new(AddressesMax);

    public TokenBucket Of(HttpContext context)
    {
        var key = KeyOf(context.Connection.RemoteIpAddress);
        return _buckets.Find(key) ?? _buckets.Keep(key, new TokenBucket(perSecond, burst));
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
