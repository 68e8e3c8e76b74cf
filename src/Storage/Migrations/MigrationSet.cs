using System.Data.Common;
using System.Globalization;
using System.Reflection;
using GridMesh.Contracts.Storage;
using GridMesh.Storage.Databases;

namespace GridMesh.Storage.Migrations;

/// <summary>
/// The numbered SQL files of one database, embedded under <c>Migrations/{kind}</c>, named <c>0001_what.sql</c>.
/// </summary>
internal sealed class MigrationSet
{
    private readonly string _versionTableSql;

    private MigrationSet(IReadOnlyList<Migration> all, string versionTableSql)
    {
        All = all;
        _versionTableSql = versionTableSql;
    }

    public IReadOnlyList<Migration> All { get; }

    public int ProgramVersion => All[^1].Version;

    /// <param name="versionTableSql">Counts the tables of the name <c>schema_migrations</c>.</param>
    public static MigrationSet Load(StorageKind kind, string versionTableSql)
    {
        var assembly = Assembly.GetExecutingAssembly();
        var prefix = $"GridMesh.Storage.Migrations.{kind}.";
        var all = assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
            .Select(name => Read(assembly, name, name[prefix.Length..]))
            .OrderBy(migration => migration.Version)
            .ToArray();
        return new MigrationSet(all, versionTableSql);
    }

    /// <summary>The database's version, 0 when it is empty.</summary>
    public int VersionOf(DbConnection connection) =>
        Convert.ToInt64(connection.Scalar(_versionTableSql), CultureInfo.InvariantCulture) == 0
            ? 0
            : Convert.ToInt32(
                connection.Scalar("SELECT coalesce(max(version), 0) FROM schema_migrations"),
                CultureInfo.InvariantCulture);

    public void CheckNotNewer(int version)
    {
        if (version > ProgramVersion)
        {
            throw new DatabaseTooNewException(
                $"The database has schema version {version}, this program knows {ProgramVersion}: a newer one made it.");
        }
    }

    public void CheckUsable(int version)
    {
        CheckNotNewer(version);
        if (version < ProgramVersion)
        {
            throw new StorageUnusableException(
                $"The database has schema version {version}, this program needs {ProgramVersion}: migrate it first.");
        }
    }

    private static Migration Read(Assembly assembly, string resource, string file)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return new Migration(
            int.Parse(file.AsSpan(0, 4), CultureInfo.InvariantCulture), Path.GetFileNameWithoutExtension(file),
            reader.ReadToEnd());
    }
}
