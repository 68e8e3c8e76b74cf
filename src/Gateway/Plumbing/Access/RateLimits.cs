using System.Globalization;
using System.Threading.RateLimiting;
using GridMesh.Gateway.Plumbing.Problems;
using Microsoft.AspNetCore.RateLimiting;

namespace GridMesh.Gateway.Plumbing.Access;

/// <summary>
/// Who has no valid token shares the bucket of its address; the others have <see cref="TokenBucket"/>s.
/// </summary>
internal static class RateLimits
{
    public static IServiceCollection AddMeshRateLimits(this IServiceCollection services, LimitOptions options) =>
        services.AddRateLimiter(limiter =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.OnRejected = (context, _) => new ValueTask(RejectAsync(context));
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(
                context => Partition(context, options));
        });

    private static RateLimitPartition<string> Partition(HttpContext context, LimitOptions options)
    {
        var path = context.Request.Path;
        if (path.StartsWithSegments("/healthz") || path.StartsWithSegments("/metrics"))
            return RateLimitPartition.GetNoLimiter("operators");

        return Bucket(
            $"address:{context.Connection.RemoteIpAddress}", options.AddressPerSecond, options.AddressBurst);
    }

    private static RateLimitPartition<string> Bucket(string key, int perSecond, int burst) =>
        RateLimitPartition.GetTokenBucketLimiter(key, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = burst,
            TokensPerPeriod = Math.Max(1, perSecond / 10),
            ReplenishmentPeriod = TimeSpan.FromMilliseconds(perSecond >= 10 ? 100 : 1_000d / perSecond),
            AutoReplenishment = true,
            QueueLimit = 0,
        });

    private static Task RejectAsync(OnRejectedContext context)
    {
        if (context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after))
        {
            context.HttpContext.Response.Headers.RetryAfter =
                Math.Max(1, (int)Math.Ceiling(after.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        return Problem.Of(ProblemCode.TooManyRequests).ExecuteAsync(context.HttpContext);
    }
}
