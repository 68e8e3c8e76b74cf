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

    private const string VersionColumns = "version, saved_at, saved_by, what";

    private const string InsertSql =
        "INSERT INTO directory_versions (version, saved_at, saved_by, what) VALUES (@version, @at, @by, @what)";

    private const string RuleKinds = $"'{nameof(RuleTables.Standards)}', '{nameof(RuleTables.Calendar)}',"
        + $" '{nameof(RuleTables.Ladders)}'";

    public ValueTask<int> VersionAsync(CancellationToken cancellation = default) =>
        database.ReadAsync((connection, _) => ValueTask.FromResult(Latest(connection)), cancellation);

    public async ValueTask<StoredDirectory?> LatestAsync(CancellationToken cancellation = default)
    {
        var (version, parts) = await database.ReadAsync(ReadLatestAsync, cancellation);
        return version is null ? null : new StoredDirectory(version, new DirectoryData(
            Unpack<AreaEntry>(parts, nameof(DirectoryData.Areas)),
            Unpack<BuildingEntry>(parts, nameof(DirectoryData.Buildings)),
            Unpack<WorkerEntry>(parts, nameof(DirectoryData.Workers)),
            Unpack<DepartmentEntry>(parts, nameof(DirectoryData.Departments)),
            Unpack<DeviceEntry>(parts, nameof(DirectoryData.Devices)),
            Unpack<FilingStandard>(parts, nameof(DirectoryData.Standards)),
            Unpack<CalendarDay>(parts, nameof(DirectoryData.Calendar)))
        {
            Ladders = Unpack<LadderRow>(parts, nameof(DirectoryData.Ladders)),
        });
    }

    public async ValueTask<IReadOnlyList<DirectoryVersion>> ListAsync(
        int limit, CancellationToken cancellation = default) =>
        await database.ListAsync(
            $"SELECT {VersionColumns} FROM directory_versions ORDER BY version DESC LIMIT @limit", ReadVersion,
            cancellation, ("limit", limit));

    public async ValueTask<int> SaveAsync(
        DirectoryData data, DirectoryOrigin? origin = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        (string Kind, byte[] Payload)[] parts =
        [
            (nameof(data.Areas), Pack(data.Areas)),
            (nameof(data.Buildings), Pack(data.Buildings)),
            (nameof(data.Workers), Pack(data.Workers)),
            (nameof(data.Departments), Pack(data.Departments)),
            (nameof(data.Devices), Pack(data.Devices)),
            .. Parts(RuleTables.Of(data)),
        ];
        var version = 0;
        await database.WriteAsync(
            connection =>
            {
                // Two importers at once would take the same number: the primary key refuses the second.
                version = Latest(connection) + 1;
                connection.Run(InsertSql, Values(version, time.GetUtcNow(), origin));
                Insert(connection, version, parts);
            },
            cancellation);
        return version;
    }

    public async ValueTask<DirectoryVersion?> ReviseAsync(
        RuleTables rules, int after, DirectoryOrigin origin, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(origin);
        var parts = Parts(rules);
        DirectoryVersion? made = null;
        await database.WriteAsync(
            connection =>
            {
                var next = new DirectoryVersion(after + 1, time.GetUtcNow(), origin.By, origin.What);
                if (after == 0 || Latest(connection) != after || connection.Run(
                    $"{InsertSql} ON CONFLICT DO NOTHING", Values(next.Number, next.SavedAt, origin)) == 0)
                    return;
                connection.Run(
                    "INSERT INTO directory_parts (version, kind, payload) SELECT @version, kind, payload"
                    + $" FROM directory_parts WHERE version = @after AND kind NOT IN ({RuleKinds})",
                    ("version", next.Number), ("after", after));
                Insert(connection, next.Number, parts);
                made = next;
            },
            cancellation);
        return made;
    }

    private static (string Kind, byte[] Payload)[] Parts(RuleTables rules) =>
    [
        (nameof(rules.Standards), Pack(rules.Standards)),
        (nameof(rules.Calendar), Pack(rules.Calendar)),
        (nameof(rules.Ladders), Pack(rules.Ladders)),
    ];

    private static (string, object?)[] Values(int version, DateTimeOffset at, DirectoryOrigin? origin) =>
        [("version", version), ("at", at.UtcTicks), ("by", origin?.By), ("what", origin?.What)];

    private static void Insert(DbConnection connection, int version, IEnumerable<(string Kind, byte[] Payload)> parts)
    {
        foreach (var (kind, payload) in parts)
        {
            connection.Run(
                "INSERT INTO directory_parts (version, kind, payload) VALUES (@version, @kind, @payload)",
                ("version", version), ("kind", kind), ("payload", payload));
        }
    }

    /// <summary>The number first: what is saved meanwhile is another version, whole or not at all.</summary>
    private static async ValueTask<(DirectoryVersion? Version, Dictionary<string, byte[]> Parts)> ReadLatestAsync(
        DbConnection connection, CancellationToken cancellation)
    {
        await using var latest = connection.Command(
            $"SELECT {VersionColumns} FROM directory_versions ORDER BY version DESC LIMIT 1");
        if (await latest.ListAsync(ReadVersion, cancellation) is not [var version])
            return (null, []);
        await using var command = connection.Command(
            "SELECT kind, payload FROM directory_parts WHERE version = @version", ("version", version.Number));
        var rows = await command.ListAsync(row => (Kind: row.GetString(0), Payload: row.Bytes(1)), cancellation);
        return (version, rows.ToDictionary(row => row.Kind, row => row.Payload));
    }

    private static DirectoryVersion ReadVersion(DbDataReader row) =>
        new(row.GetInt32(0), row.Time(1), row.NullableString(2), row.NullableString(3));

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
