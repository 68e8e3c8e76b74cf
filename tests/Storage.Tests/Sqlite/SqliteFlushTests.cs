using GridMesh.Storage.Sqlite;
using GridMesh.Storage.Tests.Support;

namespace GridMesh.Storage.Tests.Sqlite;

public sealed class SqliteFlushTests
{
    private const string Full = "2";

    [Fact(DisplayName = "[DU1] SQLite flushes its log at every commit: WAL with synchronous=FULL")]
    public async Task Flushes()
    {
        await using var place = new SqlitePlace();
        using var connection = SqliteConnections.OpenWriter(Path.Combine(place.Folder, "flush.db"), cacheMb: 1);
        Setting("journal_mode").ShouldBe("wal");
        Setting("synchronous").ShouldBe(Full);

        string? Setting(string name)
        {
            using var command = connection.CreateCommand();
            command.CommandText = $"PRAGMA {name}";
            return command.ExecuteScalar()?.ToString();
        }
    }
}
