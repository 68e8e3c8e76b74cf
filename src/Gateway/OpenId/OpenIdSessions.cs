using GridMesh.Contracts.Access;
using GridMesh.Contracts.Storage;
using GridMesh.Gateway.Accounts;
using GridMesh.Gateway.Plumbing.Access;

namespace GridMesh.Gateway.OpenId;

/// <summary>What an issuer gave beside the claims.</summary>
/// <param name="Life">How long it vouches for it.</param>
internal sealed record OpenIdTokens(string? Session, string? RefreshToken, string? IdToken, TimeSpan? Life);

/// <summary>
/// Sessions of people whom an issuer signed in. The cookie says who it is until the session ends; whether it still may
/// is asked of the issuer meanwhile, and what is otherwise then ends the session everywhere.
/// </summary>
internal sealed class OpenIdSessions(
    IAccountStore accounts, SignInService sessions, OpenIdIssuer issuer, LiveTokens live, AuthOptions auth,
    OpenIdOptions options, SignInLog log, TimeProvider time)
{
    /// <summary>How long one process has to renew a session before another tries, also after a failure.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan s_least = TimeSpan.FromSeconds(1);

    /// <summary>The session, which is durable; null, and why not.</summary>
    public async Task<(AccountSession? Session, OpenIdReading Reading)> BeginAsync(
        OpenIdReading reading, OpenIdTokens tokens, string address, CancellationToken cancellation)
    {
        if (reading.Actor is not { } actor)
            return (null, reading);

        if (live.Refusal(new CurrentActor(actor)) is { } why)
            return (null, new OpenIdReading(null, OpenIdRefusal.Incomplete, why));

        foreach (var older in (await accounts.ListSessionsAsync(actor.Sub, cancellation))
            .Skip(AccountSession.CountMax - 1))
        {
            await sessions.EndAsync(older, cancellation);
        }

        var now = time.GetUtcNow();
        var longest = TimeSpan.FromHours(auth.SessionHours);
        var life = tokens.Life ?? TimeSpan.FromMinutes(auth.AccountTokenMinutes);
        var ends = now + (tokens.RefreshToken is null && life < longest ? life : longest);
        var session = new AccountSession(
            TokenSigner.NewId(), actor.Sub, [], null, now, now, ends, address,
            new OpenIdGrant(
                actor, tokens.Session, tokens.RefreshToken, tokens.IdToken,
                tokens.RefreshToken is null ? null : RenewAt(now, life)));
        await accounts.AddSessionAsync(session, cancellation);
        log.SignedIn(actor.Sub, address, session.Id);
        return (session, reading);
    }

    /// <summary>Asks the issuer about a session, if no other process does.</summary>
    /// <exception cref="HttpRequestException">
    /// It does not answer: it is asked again after <see cref="Patience"/>.
    /// </exception>
    public async Task RenewAsync(AccountSession due, CancellationToken cancellation)
    {
        var (grant, lease) = (due.Grant!, time.GetUtcNow() + Patience);
        if (!await accounts.RenewGrantAsync(
            due with { Grant = grant with { RenewAt = lease } }, grant.RenewAt!.Value, cancellation))
        {
            return;
        }

        if (await issuer.RefreshAsync(grant.RefreshToken!, cancellation) is not { } answer)
        {
            await EndAsync(due, "the issuer renews it no more", cancellation);
            return;
        }

        // Kept before anything else can fail: the former refresh token may be worth nothing from here on.
        var now = time.GetUtcNow();
        var life = int.TryParse(answer.ExpiresIn, out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : TimeSpan.FromMinutes(auth.AccountTokenMinutes);
        var renewed = grant with
        {
            RefreshToken = answer.RefreshToken ?? grant.RefreshToken, IdToken = answer.IdToken ?? grant.IdToken,
            RenewAt = RenewAt(now, life),
        };
        await accounts.RenewGrantAsync(due with { RenewedAt = now, Grant = renewed }, lease, cancellation);
        var claims = await issuer.ClaimsAsync(answer, cancellation);
        if (claims.Count > 0 && !OpenIdReading.Of(claims, options).IsStill(grant.Actor))
            await EndAsync(due, "what the issuer says of it has changed", cancellation);
    }

    /// <summary>The issuer signed somebody out.</summary>
    public async Task EndOfIssuerAsync(string? session, string? subject, CancellationToken cancellation)
    {
        var ended = session is not null
            ? await accounts.ListOfIssuerAsync(session, cancellation)
            : await accounts.ListSessionsAsync(subject!, cancellation);
        foreach (var one in ended.Where(one => one.Grant is not null && (subject ?? one.Account) == one.Account))
            await EndAsync(one, "signed out at the issuer", cancellation);
    }

    private async Task EndAsync(AccountSession session, string why, CancellationToken cancellation)
    {
        await sessions.EndAsync(session, cancellation);
        log.Ended(session.Account, session.Id, why);
    }

    /// <summary>Before what was given ends, and as often as the token of an account is renewed.</summary>
    private DateTimeOffset RenewAt(DateTimeOffset now, TimeSpan life)
    {
        var pause = life * 0.75;
        var longest = TimeSpan.FromMinutes(auth.AccountTokenMinutes);
        return now + (pause > longest ? longest : pause < s_least ? s_least : pause);
    }
}
