namespace GridMesh.Demo.Traffic;

/// <summary>
/// Tokens by whom they speak for, renewed before they end. Few are fetched at once: that endpoint is narrow.
/// </summary>
internal sealed class TokenCache(
    Func<TokenKey, CancellationToken, Task<(string Token, DateTimeOffset Expires)>> fetch,
    TimeProvider time) : IDisposable
{
    /// <summary>Most tokens kept; beyond it all are fetched anew as they are needed.</summary>
    public const int TokensMax = 4_096;

    private const int FetchesAtOnceMax = 2;

    private static readonly TimeSpan s_renewBefore = TimeSpan.FromMinutes(5);

    private readonly Lock _lock = new();
    private readonly Dictionary<TokenKey, (string Token, DateTimeOffset Expires)> _tokens = [];
    private readonly SemaphoreSlim _gate = new(FetchesAtOnceMax);

    public async Task<string> GetAsync(TokenKey key, CancellationToken cancellation)
    {
        if (Find(key) is { } known)
            return known;

        await _gate.WaitAsync(cancellation);
        try
        {
            if (Find(key) is { } meanwhile)
                return meanwhile;

            var fetched = await fetch(key, cancellation);
            lock (_lock)
            {
                if (_tokens.Count >= TokensMax)
                    _tokens.Clear();

                _tokens[key] = fetched;
            }

            return fetched.Token;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>The server does not take it any more.</summary>
    public void Forget(TokenKey key)
    {
        lock (_lock)
        {
            _tokens.Remove(key);
        }
    }

    public void Dispose() => _gate.Dispose();

    private string? Find(TokenKey key)
    {
        lock (_lock)
        {
            return _tokens.TryGetValue(key, out var known) && time.GetUtcNow() < known.Expires - s_renewBefore
                ? known.Token
                : null;
        }
    }
}
