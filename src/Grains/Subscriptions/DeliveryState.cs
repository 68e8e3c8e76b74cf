namespace GridMesh.Grains.Subscriptions;

/// <summary>
/// Where a subscription stands with the message at hand: attempts that failed and when the next one comes. Pauses
/// double up to a limit, each shortened by up to a half at random, so that many do not come back at once.
/// </summary>
public sealed class DeliveryState(WebhookOptions options, Random random)
{
    /// <summary>Failed attempts at the message at hand.</summary>
    public int Attempts { get; private set; }

    public DateTimeOffset? NextAttemptAt { get; private set; }

    public string? LastError { get; private set; }

    public DateTimeOffset? LastDeliveredAt { get; private set; }

    public long Delivered { get; private set; }

    public bool IsExhausted => Attempts >= options.AttemptsMax;

    public bool IsDue(DateTimeOffset now) => NextAttemptAt is not { } next || now >= next;

    public void Succeeded(int events, DateTimeOffset now)
    {
        Delivered += events;
        LastDeliveredAt = now;
        LastError = null;
        Forget();
    }

    /// <param name="retryAfter">What the receiver asks for: it is waited at least that long, within the bounds.</param>
    public void Failed(string error, DateTimeOffset now, TimeSpan? retryAfter = null)
    {
        Attempts++;
        LastError = error;
        var asked = Math.Min((retryAfter ?? TimeSpan.Zero).TotalMilliseconds, options.LastPauseMs);
        NextAttemptAt = now + TimeSpan.FromMilliseconds(Math.Max(Pause(Attempts), asked));
    }

    /// <summary>The message at hand is given up; the next one begins with no attempts.</summary>
    public void Forget()
    {
        Attempts = 0;
        NextAttemptAt = null;
    }

    private double Pause(int attempts)
    {
        var doubled = options.FirstPauseMs * Math.Pow(2, Math.Min(attempts - 1, 40));
        return Math.Min(doubled, options.LastPauseMs) * (1 - (random.NextDouble() / 2));
    }
}
