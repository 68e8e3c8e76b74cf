using GridMesh.Gateway.Plumbing.Problems;

namespace GridMesh.Gateway.Plumbing.Access;

/// <summary>Connections that last, counted by subject and address: one of either has only so many at a time.</summary>
internal sealed class ConnectionCounts(LimitOptions limits)
{
    /// <summary>When to come again, in s: one of the others has to end first.</summary>
    private const string ComeAgain = "10";

    private readonly Dictionary<string, int> _counts = [];
    private readonly Lock _gate = new();

    /// <summary>Serves a request that lasts as long as its connection, or refuses it.</summary>
    public async Task ServeAsync(HttpContext context, Func<HttpContext, Task> serve)
    {
        var subject = $"subject:{CurrentActor.Of(context).Actor.Sub}";
        var address = $"address:{context.Connection.RemoteIpAddress}";
        if (!TryEnter(subject, address))
        {
            context.Response.Headers.RetryAfter = ComeAgain;
            await Problem.Of(ProblemCode.TooManyRequests, "There are as many connections as there may be.")
                .ExecuteAsync(context);
            return;
        }

        try
        {
            await serve(context);
        }
        finally
        {
            Leave(subject, address);
        }
    }

    private bool TryEnter(string subject, string address)
    {
        lock (_gate)
        {
            var (ofSubject, ofAddress) = (_counts.GetValueOrDefault(subject), _counts.GetValueOrDefault(address));
            if (ofSubject >= limits.ConnectionsPerSubject || ofAddress >= limits.ConnectionsPerAddress)
                return false;

            (_counts[subject], _counts[address]) = (ofSubject + 1, ofAddress + 1);
            return true;
        }
    }

    private void Leave(params ReadOnlySpan<string> keys)
    {
        lock (_gate)
        {
            foreach (var key in keys)
            {
                if (--_counts[key] == 0)
                    _counts.Remove(key);
            }
        }
    }
}
