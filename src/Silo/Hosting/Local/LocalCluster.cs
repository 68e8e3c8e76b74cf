using System.Net;
using GridMesh.Contracts.Areas;
using Microsoft.AspNetCore.Connections;
using Orleans.Configuration;
using Orleans.Runtime.Hosting;
using Orleans.Storage;

namespace GridMesh.Silo.Hosting.Local;

/// <summary>
/// One silo, with its gateway in the same process. Reminders and subscriptions lie in the product's own storage, beside
/// everything else, so that there is nothing to install.
/// </summary>
internal static class LocalCluster
{
    public static void UseLocal(this ISiloBuilder silo)
    {
        // Without a gateway port Orleans makes no listener for clients.
        silo.UseLocalhostClustering(gatewayPort: 0);
        silo.Services.ListenToNobody();

        // The only silo has the whole directory beside it: two caches of it would take 19 MB before the first grain,
        // and 150 bytes a grain. That of directories of one's own is made all the same.
        silo.Configure<GrainDirectoryOptions>(directory =>
        {
            directory.CachingStrategy = GrainDirectoryOptions.CachingStrategyType.None;
            directory.CacheSize = 1_000;
        });
        silo.AddPersistentStreams(
            MeshStreams.Provider, (_, name) => new LocalStreams(name), streams => streams.Deliver(LocalStreams.Pause));
        silo.AddReminders();
        silo.Services.AddSingleton<IReminderTable, LocalReminders>();
        silo.Services.AddGrainStorage(
            MeshStreams.Provider,
            (services, _) => new StateStore(
                services.GetRequiredService<Contracts.Storage.IStateTable>(),
                ActivatorUtilities.CreateInstance<JsonGrainStorageSerializer>(services)));
    }

    /// <summary>
    /// Nobody calls the only silo from outside, so it takes no port: two of them, or somebody else at the same port,
    /// are in nobody's way, and no stranger finds one that is open.
    /// </summary>
    private static void ListenToNobody(this IServiceCollection services)
    {
        foreach (var listener in services
            .Where(service => service.IsKeyedService && service.ServiceType == typeof(IConnectionListenerFactory))
            .ToArray())
        {
            services.Remove(listener);
            services.AddKeyedSingleton<IConnectionListenerFactory, NoListeners>(listener.ServiceKey);
        }
    }

    private sealed class NoListeners : IConnectionListenerFactory
    {
        public ValueTask<IConnectionListener> BindAsync(
            EndPoint endpoint, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult<IConnectionListener>(new NoListener(endpoint));
    }

    /// <summary>Waits for a connection that never comes, until it is let go.</summary>
    private sealed class NoListener(EndPoint endpoint) : IConnectionListener
    {
        private readonly TaskCompletionSource<ConnectionContext?> _unbound = new();

        public EndPoint EndPoint => endpoint;

        public ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default) =>
            new(_unbound.Task);

        public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
        {
            _unbound.TrySetResult(null);
            return ValueTask.CompletedTask;
        }

        public ValueTask DisposeAsync() => UnbindAsync();
    }
}
