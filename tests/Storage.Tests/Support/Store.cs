using System.Data.Common;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Storage;
using GridMesh.Storage.Databases;
using Microsoft.Extensions.DependencyInjection;

namespace GridMesh.Storage.Tests.Support;

/// <summary>One process's storage over a test database, with its ports at hand.</summary>
public sealed class Store : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public Store(Action<StorageOptions> configure, TimeProvider time)
    {
        _services = new ServiceCollection().AddSingleton(time).AddMeshStorage(configure).BuildServiceProvider();
    }

    public IJournal Journal => _services.GetRequiredService<IJournal>();

    public IFactReader Facts => _services.GetRequiredService<IFactReader>();

    public ICaseReview Reviews => _services.GetRequiredService<ICaseReview>();

    public ICaseIndex Cases => _services.GetRequiredService<ICaseIndex>();

    public IAccessRecord Accesses => _services.GetRequiredService<IAccessRecord>();

    public IAccountStore Accounts => _services.GetRequiredService<IAccountStore>();

    public IKeyRing Keys => _services.GetRequiredService<IKeyRing>();

    public ITokenStore Tokens => _services.GetRequiredService<ITokenStore>();

    public IPersonalStore Personal => _services.GetRequiredService<IPersonalStore>();

    public IEvidenceStore Evidence => _services.GetRequiredService<IEvidenceStore>();

    public IKpiStore Kpis => _services.GetRequiredService<IKpiStore>();

    public ITrackStore Tracks => _services.GetRequiredService<ITrackStore>();

    public IStateTable State => _services.GetRequiredService<IStateTable>();

    public IReminderRows Reminders => _services.GetRequiredService<IReminderRows>();

    public ISubscriptionStore Subscriptions => _services.GetRequiredService<ISubscriptionStore>();

    public IDirectoryStore Directory => _services.GetRequiredService<IDirectoryStore>();

    public IStorageAdmin Admin => _services.GetRequiredService<IStorageAdmin>();

    /// <summary>Durable transactions of the journal's committer so far.</summary>
    public long JournalCommits => Database.Journal.Commits;

    /// <summary>The same of the committer that takes state writes.</summary>
    public long StateCommits => Database.State.Commits;

    private MeshDatabase Database => _services.GetRequiredService<MeshStorage>().Database;

    /// <summary>Does to the database what only an intruder or a disk would.</summary>
    public ValueTask TamperAsync(string sql) =>
        Database.WriteAsync(connection => connection.Run(sql), CancellationToken.None);

    /// <summary>Makes SQLite's write connection believe that the disk ends here.</summary>
    public ValueTask LimitPagesAsync(int pages) => TamperAsync($"PRAGMA max_page_count = {pages}");

    public ValueTask<object?> ScalarAsync(string sql) =>
        Database.ReadAsync(
            (connection, _) => ValueTask.FromResult(connection.Scalar(sql)), CancellationToken.None, true);

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
