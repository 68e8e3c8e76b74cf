using Microsoft.Data.Sqlite;

namespace GridMesh.Product.Fixture.Places;

/// <summary>Where a product under test keeps its data: on the embedded engine in files of its folder.</summary>
public static class EnginePlace
{
    public const string Engine = "Embedded";

    public const string Storage = "Sqlite";

    /// <summary>Settings, each <c>key=value</c>, with which a product runs over what belongs to the folder.</summary>
    public static Task<string[]> SettingsAsync(string folder) => Task.FromResult<string[]>([]);

    /// <summary>Changes rows behind the product's back; answers how many.</summary>
    public static async Task<int> TamperAsync(string folder, string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "gridmesh.db")};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteNonQueryAsync();
    }
}
