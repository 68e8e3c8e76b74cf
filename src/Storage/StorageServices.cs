using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace GridMesh.Storage;

/// <summary>Registers the storage ports.</summary>
public static class StorageServices
{
    /// <summary>
    /// Registers <see cref="IJournal"/>, <see cref="IFactReader"/>, <see cref="ICaseIndex"/>,
    /// <see cref="ICaseReview"/>,
    /// <see cref="ITrackStore"/>, <see cref="IStateTable"/>, <see cref="IReminderRows"/>,
    /// <see cref="ISubscriptionStore"/>, <see cref="IDirectoryStore"/>, <see cref="IKpiStore"/>,
    /// <see cref="IEvidenceStore"/>, <see cref="IAccessRecord"/>, <see cref="IAccountStore"/>,
    /// <see cref="ITokenStore"/>, <see cref="IKeyRing"/>, <see cref="IPersonalStore"/> and <see cref="IStorageAdmin"/>
    /// over one database. Nothing is opened before the first use; the schema is the caller's to migrate. Disposing the
    /// container writes what waits.
    /// </summary>
    /// <param name="beside">
    /// For rare reads and writes of accounts and tokens while another process holds the data folder of SQLite.
    /// </param>
    public static IServiceCollection AddMeshStorage(
        this IServiceCollection services, Action<StorageOptions> configure, bool beside = false)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<StorageOptions>().Configure(configure).Configure(options => options.IsBeside = beside)
            .ValidateOnStart();
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<StorageOptions>, StorageOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<MeshStorage>();
        services.AddSingleton(provider => provider.GetRequiredService<MeshStorage>().Journal);
        services.AddSingleton(provider => provider.GetRequiredService<MeshStorage>().Cases);
        services.AddSingleton(provider => provider.GetRequiredService<MeshStorage>().Reviews);
        services.AddSingleton(provider => provider.GetRequiredService<MeshStorage>().Tracks);
        services.AddSingleton(provider => provider.GetRequiredService<MeshStorage>().State);
        services.AddSingleton(provider => provider.GetRequiredService<MeshStorage>().Reminders);
        services.AddSingleton(provider => provider.GetRequiredService<MeshStorage>().Directory);
        services.AddSingleton(provider => provider.GetRequiredService<MeshStorage>().Admin);
        services.AddSingleton(provider => provider.GetRequiredService<MeshStorage>().Facts);
        services.AddSingleton(provider => provider.GetRequiredService<MeshStorage>().Subscriptions);
        services.AddSingleton(provider => provider.GetRequiredService<MeshStorage>().Kpis);
        services.AddSingleton(provider => provider.GetRequiredService<MeshStorage>().Evidence);
        services.AddSingleton(provider => provider.GetRequiredService<MeshStorage>().Accesses);
        services.AddSingleton(provider => provider.GetRequiredService<MeshStorage>().Accounts);
        services.AddSingleton(provider => provider.GetRequiredService<MeshStorage>().Tokens);
        services.AddSingleton(provider => provider.GetRequiredService<MeshStorage>().Personal);
        services.AddSingleton(provider => provider.GetRequiredService<MeshStorage>().Keys);
        return services;
    }
}
