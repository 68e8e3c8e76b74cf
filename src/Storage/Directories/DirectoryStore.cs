using System.Collections.Immutable;
using System.Data.Common;
using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Json;
using GridMesh.Storage.Databases;

namespace GridMesh.Storage.Directories;

/// <summary>Every version of the directory, a gzip of JSON for each kind of entry.</summary>
internal sealed class DirectoryStore(Database database, TimeProvider time) : IDirectoryStore
{
    private const string LatestSql = "SELECT coalesce(max(version), 0) FROM directory_versions";

    public ValueTask<int> VersionAsync(CancellationToken cancellation = default) =>
        database.ReadAsync((connection, _) => ValueTask.FromResult(Latest(connection)), cancellation);

    public async ValueTask<DirectoryData?> LoadAsync(CancellationToken cancellation = default)
    {
        var parts = await database.ReadAsync(ReadPartsAsync, cancellation);
        if (parts.Count == 0)
            return null;
        return new DirectoryData(
            Unpack<AreaEntry>(parts, nameof(DirectoryData.Areas)),
            Unpack<BuildingEntry>(parts, nameof(DirectoryData.Buildings)),
            Unpack<WorkerEntry>(parts, nameof(DirectoryData.Workers)),
            Unpack<DepartmentEntry>(parts, nameof(DirectoryData.Departments)),
            Unpack<DeviceEntry>(parts, nameof(DirectoryData.Devices)),
            Unpack<FilingStandard>(parts, nameof(DirectoryData.Standards)),
            Unpack<CalendarDay>(parts, nameof(DirectoryData.Calendar)));
    }

    public async ValueTask<int> SaveAsync(DirectoryData data, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        (string Kind, byte[] Payload)[] parts =
        [
            (nameof(data.Areas), Pack(data.Areas)),
            (nameof(data.Buildings), Pack(data.Buildings)),
            (nameof(data.Workers), Pack(data.Workers)),
            (nameof(data.Departments), Pack(data.Departments)),
            (nameof(data.Devices), Pack(data.Devices)),
            (nameof(data.Standards), Pack(data.Standards)),
            (nameof(data.Calendar), Pack(data.Calendar)),
        ];
        var version = 0;
        await database.WriteAsync(connection => version = Insert(connection, parts), cancellation);
        return version;
    }

    private int Insert(DbConnection connection, IEnumerable<(string Kind, byte[] Payload)> parts)
    {
        // Two importers at once would take the same number: the primary key refuses the second.
        var version = Latest(connection) + 1;
        connection.Run(
            "INSERT INTO directory_versions (version, saved_at) VALUES (@version, @at)",
            ("version", version), ("at", time.GetUtcNow().UtcTicks));
        foreach (var (kind, payload) in parts)
        {
            connection.Run(
                "INSERT INTO directory_parts (version, kind, payload) VALUES (@version, @kind, @payload)",
                ("version", version), ("kind", kind), ("payload", payload));
        }

        return version;
    }

    private static async ValueTask<Dictionary<string, byte[]>> ReadPartsAsync(
        DbConnection connection, CancellationToken cancellation)
    {
        await using var command = connection.Command(
            "SELECT kind, payload FROM directory_parts WHERE version = (SELECT max(version) FROM directory_versions)");
        var rows = await command.ListAsync(row => (Kind: row.GetString(0), Payload: row.Bytes(1)), cancellation);
        return rows.ToDictionary(row => row.Kind, row => row.Payload);
    }

    private static int Latest(DbConnection connection) =>
        Convert.ToInt32(connection.Scalar(LatestSql), CultureInfo.InvariantCulture);

    private static byte[] Pack<T>(ImmutableArray<T> entries)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest))
            JsonSerializer.Serialize(gzip, entries.AsSpan().ToArray(), MeshJson.Compact);
        return bytes.ToArray();
    }

    // A kind that came with a later program is missing from an older version: it was empty then.
    private static ImmutableArray<T> Unpack<T>(Dictionary<string, byte[]> parts, string kind)
    {
        if (!parts.TryGetValue(kind, out var payload))
            return [];
        using var gzip = new GZipStream(new MemoryStream(payload), CompressionMode.Decompress);
        return [.. JsonSerializer.Deserialize<T[]>(gzip, MeshJson.Compact) ?? []];
    }
}
