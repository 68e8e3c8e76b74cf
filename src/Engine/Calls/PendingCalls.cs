namespace GridMesh.Engine.Calls;

/// <summary>
/// The calls without an answer, oldest first. All have the same timeout, so the oldest is also the first to expire, and
/// a sweep looks only at those that do; no call needs a timer of its own.
/// </summary>
internal sealed class PendingCalls
{
    private const int StripeCount = 16;

    private readonly Stripe[] _stripes = new Stripe[StripeCount];

    public PendingCalls()
    {
        for (var i = 0; i < StripeCount; i++)
            _stripes[i] = new Stripe();
    }

    public static void Remove(Request request) => request.Stripe?.Remove(request);

    public void Add(Request request, long deadline)
    {
        var stripe = _stripes[Environment.CurrentManagedThreadId & (StripeCount - 1)];
        request.Deadline = deadline;
        request.Stripe = stripe;
        stripe.Add(request);
    }

    /// <summary>Takes out what has expired.</summary>
    public List<Request> TakeExpired(long now)
    {
        var expired = new List<Request>();
        foreach (var stripe in _stripes)
        {
            while (stripe.TakeOldest(now) is { } request)
                expired.Add(request);
        }

        return expired;
    }

    /// <summary>A linked list with its own lock.</summary>
    internal sealed class Stripe
    {
        private readonly Lock _gate = new();
        private Request? _oldest;
        private Request? _newest;

        public void Add(Request request)
        {
            lock (_gate)
            {
                request.Older = _newest;
                if (_newest is null)
                    _oldest = request;
                else
                    _newest.Newer = request;
                _newest = request;
            }
        }

        public void Remove(Request request)
        {
            lock (_gate)
                Unlink(request);
        }

        public Request? TakeOldest(long now)
        {
            lock (_gate)
            {
                if (_oldest is not { } request || request.Deadline > now)
                    return null;
                Unlink(request);
                return request;
            }
        }

        private void Unlink(Request request)
        {
            if (request.Older is null && request.Newer is null && _oldest != request)
                return;
            if (request.Older is null)
                _oldest = request.Newer;
            else
                request.Older.Newer = request.Newer;
            if (request.Newer is null)
                _newest = request.Older;
            else
                request.Newer.Older = request.Older;
            request.Older = null;
            request.Newer = null;
        }
    }
}
