using GridMesh.Gateway.Plumbing.Access;

namespace GridMesh.Gateway.Accounts;

/// <summary>How often an address may try a password.</summary>
internal sealed class SignInLimits(LimitOptions options, TimeProvider time)
{
    private readonly AddressBuckets _buckets = new(options.SignInPerSecond, options.SignInBurst);

    public bool TryTake(HttpContext context) => _buckets.Of(context).TryTake(time.GetUtcNow().UtcTicks, out _);
}
