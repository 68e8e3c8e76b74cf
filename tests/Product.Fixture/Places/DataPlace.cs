using Microsoft.Data.Sqlite;

namespace GridMesh.Product.Fixture.Places;

/// <summary>The data of a product under test that runs by itself: files of SQLite in its folder.</summary>
public static class DataPlace
{
    /// <summary>Changes rows behind the product's back; answers how many.</summary>
    public static async Task<int> TamperAsync(string folder, string sql)
    {
        await using var connection = new SqliteConnection(
            $"Data Source={Path.Combine(folder, "gridmesh.db")};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteNonQueryAsync();
    }
}
