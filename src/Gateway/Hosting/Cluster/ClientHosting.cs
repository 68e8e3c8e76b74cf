using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Storage;
using GridMesh.Gateway.Health;
using GridMesh.Storage;
using Orleans.Configuration;

namespace GridMesh.Gateway.Hosting.Cluster;

/// <summary>Puts a gateway together: storage for reading, a client of the silos, the doors.</summary>
internal static class ClientHosting
{
    public static void AddMeshClient(this WebApplicationBuilder builder, GatewayOptions options)
    {
        builder.Logging.AddFilter("Orleans", LogLevel.Warning);
        var services = builder.Services;
        services.AddSingleton(TimeProvider.System);
        services.AddMeshStorage(storage => StorageSettings.Bind(builder.Configuration, storage));
        services.AddMeshDirectory();
        builder.UseOrleansClient(client => client.AddMesh(options));
        builder.AddMeshProbes(options.Doors);
        builder.AddMeshGateway(options.Auth, options.Storage.DataFolder);
        services.AddHostedService<Warmup>();
    }

    /// <summary>A gateway changes no schema: that is the silos' or the operator's.</summary>
    public static async Task PrepareClientAsync(this WebApplication app) =>
        app.TakeDirectory(await app.Services.GetRequiredService<IDirectoryStore>().LatestAsync());

    private static void AddMesh(this IClientBuilder client, GatewayOptions options)
    {
        client.Configure<ClusterOptions>(options.Cluster.Apply);
        client.Configure<global::Orleans.Configuration.GatewayOptions>(gateways =>
            gateways.GatewayListRefreshPeriod = ClusterSettings.AliveEvery);
        client.Configure<ClientMessagingOptions>(messaging => messaging.ResponseTimeout = ClusterSettings.CallTimeout);
        client.UseAdoNetClustering(adoNet => (adoNet.Invariant, adoNet.ConnectionString) =
            (ClusterSettings.Invariant, ClusterSettings.Pooled(options.Storage.ConnectionString)));
        client.AddMemoryStreams(MeshStreams.Provider, streams =>
            streams.ConfigurePartitioning(options.Cluster.StreamQueues));

        // Silos may start after the gateway, or be away for a while: it waits and is not ready meanwhile.
        client.UseConnectionRetryFilter(async (_, cancellation) =>
        {
            await Task.Delay(ClusterSettings.AliveEvery, TimeProvider.System, cancellation);
            return true;
        });
    }
}
