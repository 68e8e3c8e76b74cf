using System.Text.Json;
using GridMesh.Contracts.Access;
using GridMesh.Contracts.Json;
using GridMesh.Contracts.Storage;
using GridMesh.Storage.Databases;

namespace GridMesh.Storage.Accounts;

/// <summary>Two small tables: what was issued, and what was called back.</summary>
internal sealed class TokenStore(Database database) : ITokenStore
{
    public async ValueTask<bool> AddAsync(IssuedToken token, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(token);
        StorableText.Check(token.Id, token.Name);
        var added = 0;
        await database.WriteAsync(
            connection =>
            {
                connection.Run("DELETE FROM tokens WHERE ends_at < @now", ("now", token.IssuedAt.UtcTicks));
                added = connection.Run(
                    "INSERT INTO tokens (id, ends_at, body) SELECT @id, @ends, @body"
                    + " WHERE (SELECT count(*) FROM tokens) < @most",
                    ("id", token.Id), ("ends", token.EndsAt.UtcTicks),
                    ("body", JsonSerializer.Serialize(token, MeshJson.Compact)), ("most", IssuedToken.CountMax));
            },
            cancellation);
        return added > 0;
    }

    public async ValueTask<IReadOnlyList<IssuedToken>> ListAsync(
        DateTimeOffset now, CancellationToken cancellation = default)
    {
        var tokens = await database.ListAsync(
            "SELECT body FROM tokens WHERE ends_at >= @now",
            row => JsonSerializer.Deserialize<IssuedToken>(row.GetString(0), MeshJson.Compact)!, cancellation,
            ("now", now.UtcTicks));
        return [.. tokens.OrderBy(token => token.Name, StringComparer.Ordinal).ThenBy(token => token.IssuedAt)];
    }

    public ValueTask RevokeAsync(
        string id, DateTimeOffset now, DateTimeOffset endsAt, CancellationToken cancellation = default)
    {
        StorableText.Check(id);
        return database.WriteAsync(
            connection =>
            {
                connection.Run("DELETE FROM revocations WHERE ends_at < @now", ("now", now.UtcTicks));
                connection.Run("DELETE FROM tokens WHERE id = @id", ("id", id));
                connection.Run(
                    "INSERT INTO revocations (id, at, ends_at) VALUES (@id, @at, @ends)"
                    + " ON CONFLICT (id) DO UPDATE SET ends_at = excluded.ends_at"
                    + " WHERE excluded.ends_at > revocations.ends_at",
                    ("id", id), ("at", now.UtcTicks), ("ends", endsAt.UtcTicks));
            },
            cancellation);
    }

    /// <summary>Counts too: two writers may get their numbers in another order than they are seen in.</summary>
    public async ValueTask<string> StampAsync(CancellationToken cancellation = default) =>
        (await database.ListAsync(
            """
            SELECT (SELECT count(*) FROM revocations), (SELECT coalesce(max(number), 0) FROM revocations),
                (SELECT count(*) FROM tokens), (SELECT coalesce(max(number), 0) FROM tokens)
            """,
            row => $"{row.GetInt64(0)}:{row.GetInt64(1)}:{row.GetInt64(2)}:{row.GetInt64(3)}", cancellation))[0];

    public async ValueTask<TokenList> ReadAsync(DateTimeOffset now, CancellationToken cancellation = default)
    {
        var revoked = await database.ListAsync(
            "SELECT id FROM revocations WHERE ends_at >= @now", row => row.GetString(0), cancellation,
            ("now", now.UtcTicks));
        var issued = await database.ListAsync(
            "SELECT id FROM tokens WHERE ends_at >= @now", row => row.GetString(0), cancellation,
            ("now", now.UtcTicks));
        return new TokenList(revoked.ToHashSet(StringComparer.Ordinal), issued.ToHashSet(StringComparer.Ordinal));
    }
}
