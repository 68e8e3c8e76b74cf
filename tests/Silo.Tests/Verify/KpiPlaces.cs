using GridMesh.Contracts.Storage;
using GridMesh.Postgres.Fixture;
using GridMesh.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace GridMesh.Silo.Tests.Verify;

/// <summary>A database of its own that can be opened, closed and tampered with.</summary>
public abstract class KpiPlace : IAsyncDisposable
{
    /// <summary>
    /// One process's storage over it, migrated; disposing it writes what waits, as a stop in order does.
    /// </summary>
    public async Task<ServiceProvider> OpenAsync()
    {
        var services = new ServiceCollection().AddMeshStorage(Configure).BuildServiceProvider();
        await services.GetRequiredService<IStorageAdmin>().MigrateAsync();
        return services;
    }

    public abstract Task CreateAsync();

    public abstract Task<int> TamperAsync(string sql);

    public abstract ValueTask DisposeAsync();

    protected abstract void Configure(StorageOptions options);
}

public sealed class SqliteKpiPlace : KpiPlace
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gridmesh-kpis-").FullName;

    public override Task CreateAsync() => Task.CompletedTask;

    public override async Task<int> TamperAsync(string sql)
    {
        await using var connection = new SqliteConnection(
            $"Data Source={Path.Combine(_folder, "gridmesh.db")};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteNonQueryAsync();
    }

    public override ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    protected override void Configure(StorageOptions options) =>
        (options.Kind, options.DataFolder) = (StorageKind.Sqlite, _folder);
}

public sealed class PostgresKpiPlace : KpiPlace
{
    private static readonly Lazy<Task<PostgresServer>> s_server = new(PostgresServer.StartNewAsync);

    private string _connection = "";

    public override async Task CreateAsync()
    {
        Assert.SkipWhen(PostgresServer.Unavailable is not null, PostgresServer.Unavailable ?? "");
        _connection = await (await s_server.Value).CreateDatabaseAsync();
    }

    public override async Task<int> TamperAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(_connection);
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteNonQueryAsync();
    }

    public override ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    protected override void Configure(StorageOptions options) =>
        (options.Kind, options.ConnectionString) = (StorageKind.Postgres, _connection);
}
