using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using GridMesh.Contracts.Json;
using GridMesh.Contracts.Storage;
using GridMesh.Contracts.Subscriptions;
using GridMesh.Storage.Databases;

namespace GridMesh.Storage.Subscriptions;

/// <summary>Subscriptions and dead letters: rarely written, each write a transaction of its own.</summary>
internal sealed class SubscriptionStore(Database database, SecretBox box) : ISubscriptionStore
{
    private const string LetterColumns = "number, stream, version, event, died_at, attempts, error";

    public async ValueTask<StoredSubscription?> CreateAsync(
        Subscription subscription, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(subscription);
        StorableText.Check(subscription.Id, subscription.Name, subscription.Url, subscription.Secret);
        await database.WriteAsync(
            connection => connection.Run(
                """
                INSERT INTO subscriptions (id, created_at, body, cursor, letters)
                SELECT @id, @at, @body, (SELECT coalesce(max(seq), 0) FROM facts), 0
                WHERE (SELECT count(*) FROM subscriptions) < @most
                AND (SELECT count(*) FROM subscriptions WHERE replace(body, @by, '') <> body) < @own
                ON CONFLICT (id) DO NOTHING
                """,
                ("id", subscription.Id),
                ("at", subscription.CreatedAt.UtcTicks),
                ("body", JsonSerializer.Serialize(
                    subscription with { Secret = box.Seal(subscription.Id, subscription.Secret) }, MeshJson.Compact)),
                ("most", Subscription.CountMax),
                ("by", $"\"createdBy\":{JsonSerializer.Serialize(subscription.CreatedBy, MeshJson.Compact)}"),
                ("own", Subscription.OwnMax)),
            cancellation);
        return await FindAsync(subscription.Id, cancellation);
    }

    public async ValueTask<StoredSubscription?> FindAsync(string id, CancellationToken cancellation = default)
    {
        var found = await database.ListAsync(
            "SELECT body, cursor FROM subscriptions WHERE id = @id",
            row => new StoredSubscription(Read(row), row.GetInt64(1)), cancellation, ("id", id));
        return found.Count == 0 ? null : found[0];
    }

    public async ValueTask<IReadOnlyList<Subscription>> ListAsync(CancellationToken cancellation = default) =>
        await database.ListAsync("SELECT body FROM subscriptions ORDER BY created_at, id", Read, cancellation);

    public async ValueTask<bool> DeleteAsync(string id, CancellationToken cancellation = default)
    {
        var removed = 0;
        await database.WriteAsync(
            connection =>
            {
                connection.Run("DELETE FROM dead_letters WHERE subscription = @id", ("id", id));
                removed = connection.Run("DELETE FROM subscriptions WHERE id = @id", ("id", id));
            },
            cancellation);
        return removed > 0;
    }

    public async ValueTask<bool> AdvanceAsync(
        string id, long from, long to, IReadOnlyList<DeadLetter> dead, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(dead);
        foreach (var letter in dead)
            StorableText.Check(letter.Stream, letter.Event, letter.Error);
        var moved = 0;
        await database.WriteAsync(
            connection =>
            {
                moved = connection.Run(
                    "UPDATE subscriptions SET cursor = @to, letters = letters + @count WHERE id = @id AND cursor = @from",
                    ("to", to), ("count", dead.Count), ("id", id), ("from", from));
                if (moved > 0 && dead.Count > 0)
                    Bury(connection, id, dead);
            },
            cancellation);
        return moved > 0;
    }

    public async ValueTask<IReadOnlyList<DeadLetter>> ListDeadAsync(
        string id, long after, int limit, CancellationToken cancellation = default) =>
        await database.ListAsync(
            $"SELECT {LetterColumns} FROM dead_letters WHERE subscription = @id AND number > @after"
            + $" ORDER BY number LIMIT {limit}",
            row => new DeadLetter(
                row.GetInt64(0), row.GetString(1), row.GetInt64(2), row.GetString(3), row.Time(4), row.GetInt32(5),
                row.GetString(6)),
            cancellation, ("id", id), ("after", after));

    public async ValueTask<int> CountDeadAsync(string id, CancellationToken cancellation = default)
    {
        var count = await database.ListAsync(
            "SELECT count(*) FROM dead_letters WHERE subscription = @id", row => row.GetInt32(0), cancellation,
            ("id", id));
        return count[0];
    }

    public async ValueTask<bool> RemoveDeadAsync(string id, long number, CancellationToken cancellation = default)
    {
        var removed = 0;
        await database.WriteAsync(
            connection => removed = connection.Run(
                "DELETE FROM dead_letters WHERE subscription = @id AND number = @number", ("id", id),
                ("number", number)),
            cancellation);
        return removed > 0;
    }

    private static void Bury(DbConnection connection, string id, IReadOnlyList<DeadLetter> dead)
    {
        var last = Convert.ToInt64(
            connection.Scalar("SELECT letters FROM subscriptions WHERE id = @id", ("id", id)),
            CultureInfo.InvariantCulture);
        for (var i = 0; i < dead.Count; i++)
        {
            connection.Run(
                $"INSERT INTO dead_letters (subscription, {LetterColumns})"
                + " VALUES (@id, @number, @stream, @version, @event, @at, @attempts, @error)",
                ("id", id), ("number", last - dead.Count + 1 + i), ("stream", dead[i].Stream),
                ("version", dead[i].Version), ("event", dead[i].Event), ("at", dead[i].DiedAt.UtcTicks),
                ("attempts", dead[i].Attempts), ("error", dead[i].Error));
        }
    }

    private Subscription Read(DbDataReader row)
    {
        var stored = JsonSerializer.Deserialize<Subscription>(row.GetString(0), MeshJson.Compact)
            ?? throw new InvalidOperationException("an empty subscription");
        return stored with { Secret = box.Open(stored.Id, stored.Secret) };
    }
}
