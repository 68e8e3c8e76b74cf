using System.Data.Common;
using GridMesh.Contracts.Storage;
using GridMesh.Storage.Databases;

namespace GridMesh.Storage;

/// <summary>Migrates, and says whether a write would work.</summary>
internal sealed class StorageAdmin(MeshDatabase database, TimeProvider time) : IStorageAdmin
{
    private static readonly TimeSpan s_probeMax = TimeSpan.FromSeconds(5);

    public int ProgramVersion => database.Migrations.ProgramVersion;

    public ValueTask<int> DatabaseVersionAsync(CancellationToken cancellation = default) =>
        database.ReadAsync(
            (connection, _) => ValueTask.FromResult(database.Migrations.VersionOf(connection)),
            cancellation,
            anySchema: true);

    public async ValueTask<IReadOnlyList<int>> MigrateAsync(CancellationToken cancellation = default)
    {
        try
        {
            await using var connection = await database.OpenForMigrationAsync(cancellation);
            return Apply(connection);
        }
        catch (Exception exception) when (database.IsOutage(exception))
        {
            throw Outage.Of(exception);
        }
    }

    public async ValueTask<bool> IsHealthyAsync(CancellationToken cancellation = default)
    {
        if (database.Journal.IsDown || database.State.IsDown)
            return false;
        using var limit = new CancellationTokenSource(s_probeMax, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            await database.WriteAsync(
                connection => connection.Run("UPDATE counters SET value = value + 1 WHERE name = 'health'"),
                either.Token);
            return true;
        }
        catch (Exception)
        {
            // The probe never throws: whatever went wrong, the answer is no.
            return false;
        }
    }

    private List<int> Apply(DbConnection connection)
    {
        connection.Run(
            "CREATE TABLE IF NOT EXISTS schema_migrations"
            + " (version INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at BIGINT NOT NULL)");
        var found = database.Migrations.VersionOf(connection);
        database.Migrations.CheckNotNewer(found);
        var applied = new List<int>();
        foreach (var migration in database.Migrations.All.Where(migration => migration.Version > found))
        {
            using var transaction = connection.BeginTransaction();
            using var command = connection.Command(migration.Sql);
            command.Transaction = transaction;
            command.ExecuteNonQuery();
            using var note = connection.Command(
                "INSERT INTO schema_migrations (version, name, applied_at) VALUES (@version, @name, @at)",
                ("version", migration.Version), ("name", migration.Name), ("at", time.GetUtcNow().UtcTicks));
            note.Transaction = transaction;
            note.ExecuteNonQuery();
            database.Migrated(connection, migration.Version);
            transaction.Commit();
            applied.Add(migration.Version);
        }

        return applied;
    }
}
