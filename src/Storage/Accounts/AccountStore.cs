using System.Data.Common;
using System.Text.Json;
using GridMesh.Contracts.Access;
using GridMesh.Contracts.Json;
using GridMesh.Contracts.Storage;
using GridMesh.Storage.Databases;

namespace GridMesh.Storage.Accounts;

/// <summary>An account is a row that is replaced whole; sessions are rows of their own.</summary>
internal sealed class AccountStore(Database database, SecretBox box) : IAccountStore
{
    private const string SessionColumns =
        "id, account, secret_hash, former_hash, created_at, renewed_at, ends_at, origin, issuer_sid, renew_at, grant_body";

    public async ValueTask<bool> AddAsync(Account account, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(account);
        Check(account);
        return await ChangeAsync(
            "INSERT INTO accounts (name, version, body) SELECT @name, 1, @body"
            + " WHERE (SELECT count(*) FROM accounts) < @most ON CONFLICT (name) DO NOTHING",
            cancellation, ("name", account.Name), ("body", BodyOf(account)), ("most", Account.CountMax)) > 0;
    }

    public async ValueTask<Account?> FindAsync(string name, CancellationToken cancellation = default)
    {
        StorableText.Check(name);
        var found = await database.ListAsync(
            "SELECT version, body FROM accounts WHERE name = @name", ReadAccount, cancellation, ("name", name));
        return found.Count == 0 ? null : found[0];
    }

    public async ValueTask<bool> ReplaceAsync(Account account, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(account);
        Check(account);
        return await ChangeAsync(
            "UPDATE accounts SET version = version + 1, body = @body WHERE name = @name AND version = @version",
            cancellation, ("name", account.Name), ("body", BodyOf(account)), ("version", account.Version)) > 0;
    }

    public async ValueTask<IReadOnlyList<Account>> ListAsync(CancellationToken cancellation = default) =>
        await database.ListAsync("SELECT version, body FROM accounts ORDER BY name", ReadAccount, cancellation);

    public ValueTask AddSessionAsync(AccountSession session, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(session);
        StorableText.Check(session.Id, session.Account, session.From, session.Grant?.Session);
        return database.WriteAsync(
            connection =>
            {
                connection.Run(
                    "DELETE FROM sessions WHERE account = @account AND ends_at < @now", ("account", session.Account),
                    ("now", session.CreatedAt.UtcTicks));

                // What an issuer's person holds goes on by itself: it is called back first.
                connection.Run(
                    "DELETE FROM sessions WHERE account = @account AND grant_body IS NULL"
                    + " AND id NOT IN (SELECT id FROM sessions"
                    + " WHERE account = @account ORDER BY renewed_at DESC, id LIMIT @most)",
                    ("account", session.Account), ("most", AccountSession.CountMax - 1));
                connection.Run(
                    $"INSERT INTO sessions ({SessionColumns})"
                    + " VALUES (@id, @account, @secret, @former, @created, @renewed, @ends, @origin, @sid, @renew,"
                    + " @grant)",
                    ("id", session.Id), ("account", session.Account), ("secret", session.SecretHash),
                    ("former", session.FormerHash), ("created", session.CreatedAt.UtcTicks),
                    ("renewed", session.RenewedAt.UtcTicks), ("ends", session.EndsAt.UtcTicks),
                    ("origin", session.From), ("sid", session.Grant?.Session),
                    ("renew", session.Grant?.RenewAt?.UtcTicks), ("grant", GrantOf(session)));
            },
            cancellation);
    }

    public async ValueTask<AccountSession?> FindSessionAsync(string id, CancellationToken cancellation = default)
    {
        StorableText.Check(id);
        var found = await SessionsAsync("id = @id", cancellation, ("id", id));
        return found.Count == 0 ? null : found[0];
    }

    public async ValueTask<IReadOnlyList<AccountSession>> ListSessionsAsync(
        string account, CancellationToken cancellation = default)
    {
        StorableText.Check(account);
        return await SessionsAsync(
            "account = @account ORDER BY renewed_at DESC, id", cancellation, ("account", account));
    }

    public async ValueTask<IReadOnlyList<AccountSession>> ListDueAsync(
        DateTimeOffset now, int most, CancellationToken cancellation = default) =>
        await SessionsAsync(
            "renew_at <= @now AND ends_at > @now ORDER BY renew_at LIMIT @most", cancellation, ("now", now.UtcTicks),
            ("most", most));

    public async ValueTask<IReadOnlyList<AccountSession>> ListOfIssuerAsync(
        string issuerSession, CancellationToken cancellation = default)
    {
        StorableText.Check(issuerSession);
        return await SessionsAsync("issuer_sid = @sid", cancellation, ("sid", issuerSession));
    }

    public async ValueTask<bool> RenewSessionAsync(AccountSession session, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(session);
        return await ChangeAsync(
            "UPDATE sessions SET secret_hash = @secret, former_hash = @former, renewed_at = @renewed"
            + " WHERE id = @id AND secret_hash = @former",
            cancellation, ("id", session.Id), ("secret", session.SecretHash), ("former", session.FormerHash),
            ("renewed", session.RenewedAt.UtcTicks)) > 0;
    }

    public async ValueTask<bool> RenewGrantAsync(
        AccountSession session, DateTimeOffset renewAt, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(session);
        return await ChangeAsync(
            "UPDATE sessions SET renewed_at = @renewed, renew_at = @renew, grant_body = @grant"
            + " WHERE id = @id AND renew_at = @was",
            cancellation, ("id", session.Id), ("renewed", session.RenewedAt.UtcTicks),
            ("renew", session.Grant?.RenewAt?.UtcTicks), ("grant", GrantOf(session)),
            ("was", renewAt.UtcTicks)) > 0;
    }

    public async ValueTask EndSessionAsync(string id, CancellationToken cancellation = default)
    {
        StorableText.Check(id);
        await ChangeAsync("DELETE FROM sessions WHERE id = @id", cancellation, ("id", id));
    }

    private static void Check(Account account) =>
        StorableText.Check(account.Name, account.Title, account.Worker, account.PasswordHash);

    private string BodyOf(Account account) => JsonSerializer.Serialize(
        account with { Version = 0, CodeSecret = box.Seal(account.Name, account.CodeSecret) }, MeshJson.Compact);

    private Account ReadAccount(DbDataReader row)
    {
        var stored = JsonSerializer.Deserialize<Account>(row.GetString(1), MeshJson.Compact)!;
        return stored with { Version = row.GetInt64(0), CodeSecret = box.Open(stored.Name, stored.CodeSecret) };
    }

    private async Task<IReadOnlyList<AccountSession>> SessionsAsync(
        string where, CancellationToken cancellation, params (string, object?)[] parameters) =>
        await database.ListAsync(
            $"SELECT {SessionColumns} FROM sessions WHERE {where}", ReadSession, cancellation, parameters);

    private AccountSession ReadSession(DbDataReader row) => new(
        row.GetString(0), row.GetString(1), row.Bytes(2), row.IsDBNull(3) ? null : row.Bytes(3), row.Time(4),
        row.Time(5), row.Time(6), row.GetString(7),
        row.IsDBNull(10)
            ? null
            : JsonSerializer.Deserialize<OpenIdGrant>(box.Open(row.GetString(0), row.GetString(10)), MeshJson.Compact));

    /// <summary>It holds what the issuer is asked with.</summary>
    private string? GrantOf(AccountSession session) => session.Grant is { } grant
        ? box.Seal(session.Id, JsonSerializer.Serialize(grant, MeshJson.Compact))
        : null;

    private async ValueTask<int> ChangeAsync(
        string sql, CancellationToken cancellation, params (string, object?)[] parameters)
    {
        var changed = 0;
        await database.WriteAsync(connection => changed = connection.Run(sql, parameters), cancellation);
        return changed;
    }
}
