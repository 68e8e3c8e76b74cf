using System.Net.Sockets;
using GridMesh.Contracts.Storage;
using Npgsql;

namespace GridMesh.Storage.Postgres;

/// <summary>How connections are opened, and which failures are the server's.</summary>
internal static class PostgresConnections
{
    private const int PreparedStatementsMax = 100;

    /// <summary>The pool for reads and rare writes.</summary>
    public static NpgsqlDataSource Pool(StorageOptions options)
    {
        var builder = Settings(options);
        builder.MaxPoolSize = options.ReadConnections;
        builder.MaxAutoPrepare = PreparedStatementsMax;
        builder.AutoPrepareMinUsages = 2;
        return NpgsqlDataSource.Create(builder);
    }

    /// <summary>A connection of a writer's own, whose commits are on disk when they answer.</summary>
    /// <exception cref="StorageUnusableException">The server does not flush its log: nothing would be
    /// durable.</exception>
    public static NpgsqlConnection OpenWriter(StorageOptions options)
    {
        var builder = Settings(options);
        builder.Pooling = false;
        var connection = new NpgsqlConnection(builder.ToString());
        try
        {
            connection.Open();
            using var command = new NpgsqlCommand(
                "SELECT current_setting('synchronous_commit') || ' ' || current_setting('fsync')", connection);
            if (command.ExecuteScalar() is not "on on")
                throw new StorageUnusableException("PostgreSQL must run with synchronous_commit=on and fsync=on.");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public static bool IsUniqueViolation(PostgresException exception) =>
        exception.SqlState == PostgresErrorCodes.UniqueViolation;

    /// <summary>
    /// Wrong data (class 22), a constraint (23) and a wrong statement (42) are ours; all else is the server.
    /// </summary>
    public static bool IsOutage(Exception exception) => exception switch
    {
        PostgresException postgres => postgres.SqlState[..2] is not ("22" or "23" or "42"),
        NpgsqlException or SocketException or IOException or TimeoutException => true,
        _ => false,
    };

    private static NpgsqlConnectionStringBuilder Settings(StorageOptions options)
    {
        var builder = new NpgsqlConnectionStringBuilder(options.ConnectionString)
        {
            CommandTimeout = options.CommandTimeoutSeconds,
            ApplicationName = "gridmesh",
        };
        builder.Options = $"{builder.Options} -c synchronous_commit=on".Trim();
        return builder;
    }
}
