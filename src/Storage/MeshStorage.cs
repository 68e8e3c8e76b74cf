using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Storage;
using GridMesh.Storage.Accesses;
using GridMesh.Storage.Accounts;
using GridMesh.Storage.Cases;
using GridMesh.Storage.Commits;
using GridMesh.Storage.Databases;
using GridMesh.Storage.Directories;
using GridMesh.Storage.Evidence;
using GridMesh.Storage.Grains;
using GridMesh.Storage.Journals;
using GridMesh.Storage.Kpis;
using GridMesh.Storage.Personal;
using GridMesh.Storage.Postgres;
using GridMesh.Storage.Sqlite;
using GridMesh.Storage.Subscriptions;
using GridMesh.Storage.Tracks;
using Microsoft.Extensions.Options;

namespace GridMesh.Storage;

/// <summary>All ports over one database. Disposing it writes what waits and closes.</summary>
internal sealed class MeshStorage : IAsyncDisposable, IDisposable
{
    private static readonly TimeSpan s_settleEvery = TimeSpan.FromSeconds(IKpiStore.FlushSeconds);

    private readonly ITimer _settling;

    public MeshStorage(IOptions<StorageOptions> options, TimeProvider time)
    {
        var box = SecretBox.Of(options.Value);
        var keys = new DataKeyCache(options.Value.StreamCacheMax);
        var sealer = new PersonalSealer(keys, box, time);
        Database = options.Value.Kind switch
        {
            StorageKind.Sqlite => new SqliteDatabase(options.Value, time, sealer),
            StorageKind.Postgres => new PostgresDatabase(options.Value, time, sealer),
            var kind => throw new NotSupportedException($"{kind} is not a database that GridMesh knows."),
        };
        var opener = new PersonalOpener(Database, box);
        Journal = new Journal(Database, Database.Journal, sealer, opener, keys);
        Facts = new FactReader(Database, opener);
        Cases = new CaseIndex(Database, Database, box);
        Personal = new PersonalStore(Database, box);
        Reviews = new CaseReviews(Database);
        Tracks = new TrackStore(Database.TrackReader, Database.Tracks, options.Value, time);
        State = new StateTable(Database, Database.State);
        Reminders = new ReminderTable(Database);
        Subscriptions = new SubscriptionStore(Database, box);
        Directory = new DirectoryStore(Database, time);
        Kpis = new KpiStore(Database, Database.Kpis, Database, Database.Journal);
        Evidence = new EvidenceStore(Database);
        Accesses = new AccessRecord(Database);
        Accounts = new AccountStore(Database, box);
        Tokens = new TokenStore(Database);
        Keys = new KeyRing(Database, box);
        _settling = time.CreateTimer(_ => Settle(), null, s_settleEvery, s_settleEvery);
        Admin = new StorageAdmin(Database, time);
    }

    public MeshDatabase Database { get; }

    public IJournal Journal { get; }

    public IFactReader Facts { get; }

    public ICaseIndex Cases { get; }

    public ICaseReview Reviews { get; }

    public IPersonalStore Personal { get; }

    public ITrackStore Tracks { get; }

    public IStateTable State { get; }

    public IReminderRows Reminders { get; }

    public ISubscriptionStore Subscriptions { get; }

    public IDirectoryStore Directory { get; }

    public IStorageAdmin Admin { get; }

    public IKpiStore Kpis { get; }

    public IEvidenceStore Evidence { get; }

    public IAccessRecord Accesses { get; }

    public IAccountStore Accounts { get; }

    public ITokenStore Tokens { get; }

    public IKeyRing Keys { get; }

    public async ValueTask DisposeAsync()
    {
        await _settling.DisposeAsync();
        await Database.DisposeAsync();
    }

    /// <summary>Where nothing is appended any more, the last sums still go to the tables.</summary>
    private void Settle()
    {
        if (Database.Kpis.HasOldSums)
            Database.Journal.Add(new EmptyWrite());
    }

    // A container that is disposed synchronously must flush as well.
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();
}
