using Npgsql;

namespace GridMesh.Load.Products;

/// <summary>A database for one run, gone with the run; and what is asked of others.</summary>
internal sealed class Database : IAsyncDisposable
{
    private const string SqliteFile = "gridmesh.db";
    private const string VersionSql =
        "SELECT 'PostgreSQL ' || current_setting('server_version') || ', fsync=' || current_setting('fsync')";
    private readonly string _server;
    private readonly string _name;

    private Database(string server, string name) => (_server, _name) = (server, name);

    public string Connection => new NpgsqlConnectionStringBuilder(_server) { Database = _name }.ToString();

    /// <param name="server">Connection string of any database of the server, as somebody who may create others.</param>
    public static async Task<Database> CreateAsync(string server, string suffix)
    {
        var name = $"{new NpgsqlConnectionStringBuilder(server).Database}_{suffix}";
        await AskAsync(server, $"CREATE DATABASE {Quoted(name)}");
        return new Database(server, name);
    }

    /// <summary>What makes an acknowledged fact durable.</summary>
    public static async Task<string> DurabilityAsync(string? connection, CancellationToken cancellation) =>
        connection is null
        ? "WAL, synchronous=FULL"
        : $"{await AskAsync(connection, VersionSql, cancellation)}, synchronous_commit=on";

    public static async Task<bool> IsEmptyAsync(SiloSetup setup, CancellationToken cancellation) =>
        setup.PostgresConnection is { } connection
        ? await AskAsync(
            connection, "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()", cancellation) is 0L
        : !File.Exists(Path.Combine(setup.DataFolder, SqliteFile));

    public static async Task<long> BytesAsync(SiloSetup setup, CancellationToken cancellation) =>
        setup.PostgresConnection is { } connection
        ? Convert.ToInt64(await AskAsync(connection, "SELECT pg_database_size(current_database())", cancellation))
        : Directory.EnumerateFiles(setup.DataFolder, $"{SqliteFile}*").Sum(file => new FileInfo(file).Length);

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await AskAsync(_server, $"DROP DATABASE IF EXISTS {Quoted(_name)} WITH (FORCE)");
    }

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static async Task<object?> AskAsync(string connection, string sql, CancellationToken cancellation = default)
    {
        try
        {
            await using var source = NpgsqlDataSource.Create(
                new NpgsqlConnectionStringBuilder(connection) { Pooling = false });
            await using var command = source.CreateCommand(sql);
            return await command.ExecuteScalarAsync(cancellation);
        }
        catch (NpgsqlException e)
        {
            throw new InvalidOperationException($"the database does not do '{sql}': {e.Message}", e);
        }
    }
}
