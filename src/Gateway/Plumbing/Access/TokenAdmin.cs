using GridMesh.Contracts.Access;
using GridMesh.Contracts.Storage;

namespace GridMesh.Gateway.Plumbing.Access;

/// <summary>Tokens of devices and other systems as an operator sees them.</summary>
public sealed class TokenAdmin
{
    private readonly ITokenStore _store;
    private readonly TokenSigner _signer;
    private readonly AuthOptions _options;
    private readonly TimeProvider _time;

    internal TokenAdmin(ITokenStore store, TokenSigner signer, AuthOptions options, TimeProvider time) =>
        (_store, _signer, _options, _time) = (store, signer, options, time);

    /// <summary>False where an issuer signs the tokens: then it issues them.</summary>
    public bool CanIssue => _signer.Keys.Count > 0;

    /// <summary>The token, which nobody can read again, with its id and end; null where there are too many.</summary>
    public async Task<(string Id, string Token, DateTimeOffset EndsAt)?> IssueAsync(Actor whom, TimeSpan life)
    {
        var token = _signer.Sign(whom, life);
        return await _store.AddAsync(new IssuedToken(
            token.Id, whom.Name, whom.Role, whom.Area, whom.Lines, _time.GetUtcNow(), token.ExpiresAt))
            ? (token.Id, token.Text, token.ExpiresAt)
            : null;
    }

    public async Task<IReadOnlyList<IssuedToken>> ListAsync() => await _store.ListAsync(_time.GetUtcNow());

    /// <summary>In force in every process within a second; null where it was not issued here.</summary>
    public async Task<IssuedToken?> RevokeAsync(string id)
    {
        var now = _time.GetUtcNow();
        var known = (await _store.ListAsync(now)).FirstOrDefault(token => token.Id == id);

        // One that was signed elsewhere lives no longer than any may, and neither does a session.
        var longest = now.AddHours(Math.Max(_options.TokenHours, _options.SessionHours) + 1);
        await _store.RevokeAsync(id, now, known is not null && known.EndsAt > longest ? known.EndsAt : longest);
        return known;
    }
}
