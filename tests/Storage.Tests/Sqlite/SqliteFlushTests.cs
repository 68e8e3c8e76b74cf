using System.Diagnostics;
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

    [Fact(DisplayName = "[ST35] SQLite's file is flushed beside its connections, and none of them loses its locks by it")]
    public async Task FlushedBeside()
    {
        await using var place = new SqlitePlace();
        using var folder = new SqliteFolder(place.Folder);
        folder.Hold();
        using var connection = SqliteConnections.OpenWriter(folder.Database, cacheMb: 1);
        SqliteConnections.Run(connection, "CREATE TABLE t (a)");
        var held = await LocksAsync(folder.Database);
        held.ShouldNotBeEmpty();
        folder.FlushDatabase();
        folder.FlushDatabase();
        (await LocksAsync(folder.Database)).ShouldBe(held);
    }

    /// <summary>The locks on a file of the kind that SQLite takes, as Linux tells them.</summary>
    private static async Task<string[]> LocksAsync(string path)
    {
        using var stat = Process.Start(new ProcessStartInfo("stat", ["-c", "%i", path])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        })!;
        var inode = (await stat.StandardOutput.ReadToEndAsync()).Trim();
        return
        [
            .. (await File.ReadAllLinesAsync("/proc/locks"))
                .Where(line => line.Contains($":{inode} ", StringComparison.Ordinal))
                .Select(line => line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..])
                .Where(line => line.StartsWith("POSIX", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
        ];
    }
}
