using Npgsql;

namespace GridMesh.Load.Products;

/// <summary>A database for one run, made beside the one that is named, gone with the run.</summary>
internal sealed class RunDatabase : IAsyncDisposable
{
    private readonly string _server;
    private readonly string _name;

    private RunDatabase(string server, string name) => (_server, _name) = (server, name);

    public string Connection => new NpgsqlConnectionStringBuilder(_server) { Database = _name }.ToString();

    /// <param name="server">Connection string of any database of the server, as somebody who may create others.</param>
    /// <param name="suffix">Letters and digits.</param>
    /// <exception cref="InvalidOperationException">The server is away or does not let us.</exception>
    public static async Task<RunDatabase> CreateAsync(string server, string suffix)
    {
        var name = $"{new NpgsqlConnectionStringBuilder(server).Database}_{suffix}";
        try
        {
            await ExecuteAsync(server, $"CREATE DATABASE {Quoted(name)}");
        }
        catch (NpgsqlException e)
        {
            throw new InvalidOperationException($"the database {name} could not be made: {e.Message}", e);
        }

        return new RunDatabase(server, name);
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await ExecuteAsync(_server, $"DROP DATABASE IF EXISTS {Quoted(_name)} WITH (FORCE)");
    }

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static async Task ExecuteAsync(string connection, string sql)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connection) { Pooling = false });
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
