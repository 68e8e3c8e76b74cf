using GridMesh.Storage.Postgres;
using GridMesh.Storage.Tests.Support;
using Npgsql;

namespace GridMesh.Storage.Tests.Postgres;

public sealed class PostgresFlushTests(SharedPostgres shared)
{
    [Fact(DisplayName = "[DU1] PostgreSQL commits with synchronous_commit=on, whatever the database's own setting is")]
    public async Task Flushes()
    {
        await using var place = new PostgresPlace(shared);
        await place.CreateAsync();
        var name = new NpgsqlConnectionStringBuilder(place.ConnectionString).Database;
        await using (var source = NpgsqlDataSource.Create(place.ConnectionString))
        {
            await using var lax = source.CreateCommand($"ALTER DATABASE \"{name}\" SET synchronous_commit = off");
            await lax.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        var options = new StorageOptions();
        place.Configure(options);
        await using var connection = PostgresConnections.OpenWriter(options);
        await using var command = new NpgsqlCommand("SHOW synchronous_commit", connection);
        (await command.ExecuteScalarAsync(TestContext.Current.CancellationToken)).ShouldBe("on");
    }
}
