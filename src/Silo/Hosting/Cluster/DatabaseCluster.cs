using System.Net;
using GridMesh.Contracts.Areas;
using Orleans.Configuration;
using Orleans.Runtime;
using Orleans.Runtime.Hosting;
using Orleans.Runtime.Placement;

namespace GridMesh.Silo.Hosting.Cluster;

/// <summary>Several silos that meet in PostgreSQL, by Orleans' own AdoNet providers.</summary>
internal static class DatabaseCluster
{
    /// <summary>
    /// Name of the storage that keeps who subscribed to which stream. Orleans takes the one that is named like the
    /// stream provider, so no other storage may have that name.
    /// </summary>
    private const string Subscriptions = MeshStreams.Provider;

    public static void UseDatabase(this ISiloBuilder silo, ClusterSettings cluster, string? connection)
    {
        var database = ClusterSettings.Pooled(connection);
        silo.Configure<EndpointOptions>(endpoints => Listen(endpoints, cluster));
        silo.Configure<ClusterMembershipOptions>(membership => Watch(membership, cluster));
        silo.AddMemoryStreams(MeshStreams.Provider, streams =>
        {
            streams.ConfigurePartitioning(cluster.StreamQueues);
            streams.Deliver(TimeSpan.FromMilliseconds(cluster.StreamPullMs));
        });
        silo.UseAdoNetClustering(adoNet =>
            (adoNet.Invariant, adoNet.ConnectionString) = (ClusterSettings.Invariant, database));
        silo.UseAdoNetReminderService(adoNet =>
            (adoNet.Invariant, adoNet.ConnectionString) = (ClusterSettings.Invariant, database));
        silo.AddAdoNetGrainStorage(Subscriptions, adoNet =>
        {
            (adoNet.Invariant, adoNet.ConnectionString) = (ClusterSettings.Invariant, database);
            adoNet.DeleteStateOnClear = true;
        });
        silo.Services.AddSingleton<AreaPlaces>();
        silo.Services.AddPlacementDirector<AreaPlacement, AreaPlacementDirector>();
        silo.Services.AddSingleton<IPlacementStrategyResolver, AreaPlacementResolver>();
        silo.Services.AddHostedService<ReminderHashes>();
        silo.Services.AddHostedService<TreeKeeper>();
    }

    private static void Listen(EndpointOptions endpoints, ClusterSettings cluster)
    {
        endpoints.AdvertisedIPAddress = cluster.IpAddress();
        endpoints.SiloPort = cluster.SiloPort;
        endpoints.GatewayPort = cluster.GatewayPort;
        if (!IPAddress.IsLoopback(endpoints.AdvertisedIPAddress))
        {
            endpoints.SiloListeningEndpoint = new IPEndPoint(IPAddress.Any, cluster.SiloPort);
            endpoints.GatewayListeningEndpoint = new IPEndPoint(IPAddress.Any, cluster.GatewayPort);
        }
    }

    /// <summary>
    /// A dead silo is declared after three missed probes, and its grids wake elsewhere in well under 15 s. A silo that
    /// stands alone and crashed has left a row that its successor must not wait for.
    /// </summary>
    private static void Watch(ClusterMembershipOptions membership, ClusterSettings cluster)
    {
        membership.ProbeTimeout = TimeSpan.FromMilliseconds(cluster.ProbeMs);
        membership.NumMissedProbesLimit = cluster.MissedProbesMax;
        membership.IAmAliveTablePublishTimeout = ClusterSettings.AliveEvery;
        membership.TableRefreshTimeout = ClusterSettings.AliveEvery;
        membership.DefunctSiloExpiration = TimeSpan.FromDays(1);
    }
}
