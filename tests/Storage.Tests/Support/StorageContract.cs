using GridMesh.Contracts.Storage;
using Microsoft.Extensions.Time.Testing;

namespace GridMesh.Storage.Tests.Support;

/// <summary>A test class that runs on each database: an empty, migrated one for every test.</summary>
public abstract class StorageContract(IPlace place) : IAsyncLifetime
{
    private readonly List<Store> _opened = [];

    protected FakeTimeProvider Time { get; } = new(Samples.Noon);

    protected Store Store { get; private set; } = null!;

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await place.CreateAsync();
        Store = Open();
        await Store.Admin.MigrateAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var store in _opened)
            await store.DisposeAsync();
        await place.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Another process's view of the same database.</summary>
    protected Store Open(Action<StorageOptions>? configure = null)
    {
        var store = new Store(
            options =>
            {
                place.Configure(options);
                configure?.Invoke(options);
            },
            Time);
        _opened.Add(store);
        return store;
    }

    /// <summary>Closes the store and opens it again, as a restart does.</summary>
    protected async Task RestartAsync(Action<StorageOptions>? configure = null)
    {
        await Store.DisposeAsync();
        _opened.Remove(Store);
        Store = Open(configure);
    }

    protected Task<AppendOutcome> AppendAsync(JournalAppend append) =>
        Store.Journal.AppendAsync(append, Token).AsTask();

    protected async Task<List<JournalRecord>> AllFactsAsync() =>
        await Store.Journal.ReadAllAsync(cancellation: Token).ToListAsync(Token);
}
