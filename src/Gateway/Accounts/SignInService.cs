using System.Security.Cryptography;
using System.Text;
using GridMesh.Contracts.Access;
using GridMesh.Contracts.Storage;
using GridMesh.Gateway.Plumbing.Access;

namespace GridMesh.Gateway.Accounts;

/// <summary>A token, and what the browser keeps to get the next one; null: it has it already.</summary>
internal sealed record SignedIn(Account Account, SignedToken Token, string? Cookie, DateTimeOffset SessionEndsAt);

/// <summary>
/// Sessions of accounts. A token lives minutes, the session hours; each renewal changes the secret of the cookie, and
/// one that comes a second time was stolen from one of two: then the session ends for both.
/// </summary>
internal sealed class SignInService(
    IAccountStore accounts, TokenSigner signer, TokenRefresh tokens, AuthOptions options, SignInLog log,
    TimeProvider time)
{
    /// <summary>How long the secret before the last is taken: two pages of a browser may renew at once.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromSeconds(30);

    private const char Separator = '.';
    private const int SecretBytes = 32;

    private TimeSpan TokenLife => TimeSpan.FromMinutes(options.AccountTokenMinutes);

    /// <summary>Null where the account was disabled while it signed in.</summary>
    public async Task<SignedIn?> BeginAsync(Account account, string address, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var secret = NewSecret();
        var session = new AccountSession(
            TokenSigner.NewId(), account.Name, HashOf(secret), null, now, now, now.AddHours(options.SessionHours),
            address);
        await accounts.AddSessionAsync(session, cancellation);
        if (await accounts.FindAsync(account.Name, cancellation) is not { IsDisabled: false })
        {
            await accounts.EndSessionAsync(session.Id, cancellation);
            return null;
        }

        log.SignedIn(account.Name, address, session.Id);
        return Answer(account, session, CookieOf(session.Id, secret));
    }

    /// <summary>Null where the cookie opens nothing any more.</summary>
    public async Task<SignedIn?> RenewAsync(string? cookie, string address, CancellationToken cancellation)
    {
        if (await FindAsync(cookie, cancellation) is not { Session: { } session } found)
            return null;

        var account = await accounts.FindAsync(session.Account, cancellation);
        if (account is not { IsDisabled: false, MustChange: false } || found.IsStolen)
        {
            if (found.IsStolen)
                log.CameTwice(session.Account, address, session.Id);

            await EndAsync(session, cancellation);
            return null;
        }

        var secret = NewSecret();
        var renewed = session with
        {
            SecretHash = HashOf(secret), FormerHash = session.SecretHash, RenewedAt = time.GetUtcNow(),
        };
        return found.IsFormer || !await accounts.RenewSessionAsync(renewed, cancellation)
            ? Answer(account, session, null)
            : Answer(account, renewed, CookieOf(session.Id, secret));
    }

    /// <summary>Ends the session of a cookie or of a token, if there is one: at once in this process.</summary>
    public async Task SignOutAsync(string? cookie, string? tokenSession, CancellationToken cancellation)
    {
        var session = await FindAsync(cookie, cancellation) is { Session: { } found } ? found
            : tokenSession is not null ? await accounts.FindSessionAsync(tokenSession, cancellation) : null;
        if (session is not null)
        {
            await EndAsync(session, cancellation);
            log.SignedOut(session.Account, session.Id);
        }
    }

    /// <summary>
    /// First what was given out, then the session: a token of it is refused from then on. The cookie of an issuer's
    /// person goes by itself as long as the session would have.
    /// </summary>
    public async Task EndAsync(AccountSession session, CancellationToken cancellation)
    {
        var last = session.Grant is null ? time.GetUtcNow() + TokenLife : session.EndsAt;
        await tokens.RevokeAsync(session.Id, last + TimeSpan.FromMinutes(2), cancellation);
        await accounts.EndSessionAsync(session.Id, cancellation);
    }

    public async Task EndAllAsync(string account, CancellationToken cancellation)
    {
        foreach (var session in await accounts.ListSessionsAsync(account, cancellation))
            await EndAsync(session, cancellation);
    }

    private static string NewSecret() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes));

    private static byte[] HashOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    private static string CookieOf(string id, string secret) => $"{id}{Separator}{secret}";

    private SignedIn Answer(Account account, AccountSession session, string? cookie) => new(
        account, signer.Sign(account.Actor, TokenLife, session.Id), cookie, session.EndsAt);

    private async Task<Found> FindAsync(string? cookie, CancellationToken cancellation)
    {
        if (cookie?.Split(Separator) is not [{ Length: 32 } id, { Length: SecretBytes * 2 } secret]
            || !id.All(char.IsAsciiHexDigitLower)
            || await accounts.FindSessionAsync(id, cancellation) is not { } session
            || session.EndsAt <= time.GetUtcNow())
        {
            return default;
        }

        var hash = HashOf(secret);
        var isFormer = session.FormerHash is { } former && CryptographicOperations.FixedTimeEquals(former, hash);
        return CryptographicOperations.FixedTimeEquals(session.SecretHash, hash) ? new Found(session, false, false)
            : isFormer ? new Found(session, true, time.GetUtcNow() - session.RenewedAt > Overlap)
            : default;
    }

    private readonly record struct Found(AccountSession? Session, bool IsFormer, bool IsStolen);
}
