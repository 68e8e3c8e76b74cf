using Npgsql;

namespace GridMesh.Load.Products;

/// <summary>What is asked of a database.</summary>
internal static class Database
{
    private const string VersionSql =
        "SELECT 'PostgreSQL ' || current_setting('server_version') || ', fsync=' || current_setting('fsync')";

    /// <summary>What makes an acknowledged fact durable.</summary>
    public static async Task<string> DurabilityAsync(string? connection, CancellationToken cancellation) =>
        connection is null
        ? "WAL, synchronous=FULL"
        : $"{await AskAsync(connection, VersionSql, cancellation)}, synchronous_commit=on";

    public static async Task<bool> IsEmptyAsync(SiloSetup setup, CancellationToken cancellation) =>
        setup.PostgresConnection is { } connection
        ? await AskAsync(
            connection, "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()", cancellation) is 0L
        : !File.Exists(Path.Combine(setup.DataFolder, "gridmesh.db"));

    private static async Task<object?> AskAsync(string connection, string sql, CancellationToken cancellation = default)
    {
        try
        {
            await using var open = new NpgsqlConnection(
                new NpgsqlConnectionStringBuilder(connection) { Pooling = false }.ToString());
            await open.OpenAsync(cancellation);
            await using var command = new NpgsqlCommand(sql, open);
            return await command.ExecuteScalarAsync(cancellation);
        }
        catch (NpgsqlException e)
        {
            throw new InvalidOperationException($"the database does not do '{sql}': {e.Message}", e);
        }
    }
}
