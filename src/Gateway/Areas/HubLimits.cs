using GridMesh.Gateway.Plumbing.Access;
using GridMesh.Gateway.Plumbing.Problems;
using Microsoft.AspNetCore.SignalR;

namespace GridMesh.Gateway.Areas;

/// <summary>
/// How much one subject may call over all its connections: what a request may, and of watches, which are answered with
/// whole areas, a number a minute.
/// </summary>
internal sealed class HubLimits(LimitOptions limits, TimeProvider time) : IHubFilter
{
    private readonly RecentMap<Buckets> _subjects = new(KnownTokens.TokensMax);

    public ValueTask<object?> InvokeMethodAsync(
        HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        var subject = CurrentActor.OfConnection(invocationContext.Context.GetHttpContext()!).Actor.Sub;
        var now = time.GetUtcNow().UtcTicks;
        var buckets = _subjects.Find(subject) ?? _subjects.Keep(subject, new Buckets(limits));
        if (!buckets.Calls.TryTake(now, out var wait)
            || (invocationContext.HubMethodName == nameof(MeshHub.Watch) && !buckets.Watches.TryTake(now, out wait)))
        {
            throw new HubRefusal(
                ProblemCode.TooManyRequests, $"again in {Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds))} s");
        }

        return next(invocationContext);
    }

    private sealed class Buckets(LimitOptions limits)
    {
        public TokenBucket Calls { get; } = new(limits.TokenPerSecond, limits.TokenBurst);

        public TokenBucket Watches { get; } =
            new(TimeSpan.FromMinutes(1) / limits.WatchesPerMinute, limits.WatchesPerMinute);
    }
}
