using Npgsql;

namespace GridMesh.Load.Products;

/// <summary>Looks at a store from outside, without a product.</summary>
internal static class Store
{
    private const string SqliteFile = "gridmesh.db";

    /// <summary>True when nobody has made anything in it yet.</summary>
    /// <exception cref="InvalidOperationException">The server is away.</exception>
    public static async Task<bool> IsEmptyAsync(SiloSetup setup, CancellationToken cancellation)
    {
        if (setup.PostgresConnection is not { } connection)
        {
            return !File.Exists(Path.Combine(setup.DataFolder, SqliteFile));
        }

        return await ScalarAsync(connection, "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()", cancellation) == 0;
    }

    /// <summary>Size on disk.</summary>
    public static async Task<long> BytesAsync(SiloSetup setup, CancellationToken cancellation) =>
        setup.PostgresConnection is { } connection
            ? await ScalarAsync(connection, "SELECT pg_database_size(current_database())", cancellation)
            : Directory.EnumerateFiles(setup.DataFolder, $"{SqliteFile}*").Sum(file => new FileInfo(file).Length);

    private static async Task<long> ScalarAsync(string connection, string sql, CancellationToken cancellation)
    {
        try
        {
            await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connection) { Pooling = false });
            await using var command = source.CreateCommand(sql);
            return Convert.ToInt64(await command.ExecuteScalarAsync(cancellation));
        }
        catch (NpgsqlException e)
        {
            throw new InvalidOperationException($"the database does not answer: {e.Message}", e);
        }
    }
}
