namespace GridMesh.Contracts.Subscriptions;

/// <param name="Headers">Besides the content's own.</param>
public sealed record WebhookMessage(
    string Url, string ContentType, ReadOnlyMemory<byte> Body, IReadOnlyList<(string Name, string Value)> Headers);

/// <summary>Sends messages to addresses that others have named.</summary>
public interface IWebhookClient
{
    /// <summary>Why nothing would ever be sent to this address; null when it may be.</summary>
    string? Refuse(string url);

    /// <summary>Sends once. Null when the receiver took it (2xx), otherwise what was wrong, fit to be shown.</summary>
    Task<string?> SendAsync(WebhookMessage message, CancellationToken cancellation);
}
