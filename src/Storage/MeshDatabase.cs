using System.Data.Common;
using GridMesh.Storage.Cases;
using GridMesh.Storage.Commits;
using GridMesh.Storage.Databases;
using GridMesh.Storage.Kpis;
using GridMesh.Storage.Migrations;
using GridMesh.Storage.Tracks;

namespace GridMesh.Storage;

/// <summary>
/// A database with all that differs about it: who writes to it, its schema, and the reads that are its own.
/// </summary>
internal abstract class MeshDatabase : Database, IWordIndex, IKpiWriter
{
    /// <summary>Takes <c>JournalWrite</c>.</summary>
    public abstract GroupCommitter Journal { get; }

    /// <summary>Takes <c>StateWrite</c>.</summary>
    public abstract GroupCommitter State { get; }

    /// <summary>Takes <c>TrackWrite</c>.</summary>
    public abstract GroupCommitter Tracks { get; }

    /// <summary>The sums of what this process has appended and not yet written.</summary>
    public abstract KpiBacklog Kpis { get; }

    public abstract ITrackReader TrackReader { get; }

    public abstract MigrationSet Migrations { get; }

    public abstract ValueTask<WordFilter?> FindWordsAsync(
        DbConnection connection, string text, CancellationToken cancellation);

    public abstract void AddKpis(DbConnection connection, KpiSums sums);

    /// <summary>A connection on which the migrator may change the schema; not pooled.</summary>
    public abstract ValueTask<DbConnection> OpenForMigrationAsync(CancellationToken cancellation);

    /// <summary>What a migration has to do beyond its SQL, in its transaction.</summary>
    public virtual void Migrated(DbConnection connection, int version)
    {
    }

    protected override void CheckSchema(DbConnection connection) =>
        Migrations.CheckUsable(Migrations.VersionOf(connection));
}
