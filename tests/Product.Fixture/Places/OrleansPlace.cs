using System.Collections.Concurrent;
using GridMesh.Postgres.Fixture;
using Npgsql;

namespace GridMesh.Product.Fixture.Places;

/// <summary>
/// Where a product under test keeps its data: on Orleans in a database of a real PostgreSQL that this test process
/// starts and that ends with it, one for each folder. A folder keeps its ports too, as a silo that restarts at its
/// address does.
/// </summary>
public static class EnginePlace
{
    public const string Engine = "Orleans";

    public const string Storage = "Postgres";

    private static readonly Lazy<Task<PostgresServer>> s_server = new(PostgresServer.StartNewAsync);
    private static readonly ConcurrentDictionary<string, Lazy<Task<string[]>>> s_settings = new();

    /// <summary>Settings, each <c>key=value</c>, with which a product runs over what belongs to the folder.</summary>
    public static Task<string[]> SettingsAsync(string folder) =>
        s_settings.GetOrAdd(folder, _ => new Lazy<Task<string[]>>(MakeAsync)).Value;

    /// <summary>Settings of one more process over the same database: it has ports of its own.</summary>
    public static async Task<string[]> NeighbourAsync(string folder) =>
        [.. (await SettingsAsync(folder)).Where(setting => !setting.Contains("Port=")), .. Ports()];

    /// <summary>Changes rows behind the product's back; answers how many.</summary>
    public static async Task<int> TamperAsync(string folder, string sql)
    {
        await using var source = NpgsqlDataSource.Create(await ConnectionAsync(folder));
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteNonQueryAsync();
    }

    public static async Task<string> ConnectionAsync(string folder) =>
        (await SettingsAsync(folder)).Select(setting => setting.Split('=', 2))
            .Single(setting => setting[0] == "ConnectionStrings:GridMesh")[1];

    private static async Task<string[]> MakeAsync() =>
    [
        "GridMesh:Storage=Postgres", $"ConnectionStrings:GridMesh={await (await s_server.Value).CreateDatabaseAsync()}",
        "GridMesh:Gateway:Enabled=true", .. Ports(),
    ];

    private static string[] Ports() =>
        [$"GridMesh:Cluster:SiloPort={SiloProcess.FreePort()}", $"GridMesh:Cluster:GatewayPort={SiloProcess.FreePort()}"];
}
