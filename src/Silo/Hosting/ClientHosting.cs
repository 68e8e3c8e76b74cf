using GridMesh.Contracts.Areas;
using Orleans.Configuration;

namespace GridMesh.Silo.Hosting;

/// <summary>
/// A gateway alone: a client of the silos, which reads lists and tracks from the database that they share.
/// </summary>
internal static class ClientHosting
{
    public static void AddMeshClient(this WebApplicationBuilder builder, MeshOptions options)
    {
        builder.AddOrleansLogs();
        builder.UseOrleansClient(client =>
        {
            client.Configure<ClusterOptions>(options.Cluster.Apply);
            client.Configure<GatewayOptions>(gateways =>
                gateways.GatewayListRefreshPeriod = ClusterSettings.AliveEvery);
            client.Configure<ClientMessagingOptions>(messaging =>
                messaging.ResponseTimeout = ClusterSettings.CallTimeout);
            CachedInterfaceTypes.AddTo(client.Services);
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
        });
    }
}
