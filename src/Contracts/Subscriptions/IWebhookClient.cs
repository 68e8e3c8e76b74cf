namespace GridMesh.Contracts.Subscriptions;

/// <param name="Headers">Besides the content's own.</param>
public sealed record WebhookMessage(
    string Url, string ContentType, ReadOnlyMemory<byte> Body, IReadOnlyList<(string Name, string Value)> Headers);

/// <summary>What came of a message.</summary>
/// <param name="Error">Null when the receiver took it (2xx), otherwise what was wrong, fit to be shown.</param>
/// <param name="RetryAfter">How long the receiver asks to be left alone; null where it does not.</param>
/// <param name="IsGone">The receiver says that it will never be there again.</param>
public sealed record WebhookAnswer(string? Error, TimeSpan? RetryAfter = null, bool IsGone = false);

/// <summary>Sends messages to addresses that others have named.</summary>
public interface IWebhookClient
{
    /// <summary>Why nothing would ever be sent to this address; null when it may be.</summary>
    string? Refuse(string url);

    /// <summary>Sends once.</summary>
    Task<WebhookAnswer> SendAsync(WebhookMessage message, CancellationToken cancellation);
}
