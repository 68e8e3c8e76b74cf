using System.Net;
using GridMesh.Contracts.Areas;
using GridMesh.Gateway.Hosting.Cluster;
using GridMesh.Silo.Hosting.Cluster;
using GridMesh.Storage;
using Orleans.Configuration;
using Orleans.Runtime;
using Orleans.Runtime.Hosting;
using Orleans.Runtime.Placement;

namespace GridMesh.Silo.Hosting;

/// <summary>Runs the grains on Orleans: one silo of a cluster that meets in PostgreSQL.</summary>
internal static class EngineHosting
{
    public const string Name = "Orleans";

    /// <summary>A silo has doors only when it is asked to: gateways are processes of their own.</summary>
    public const bool AlwaysHasDoors = false;

    /// <summary>
    /// Name of the storage that keeps who subscribed to which stream. Orleans takes the one that is named like the
    /// stream provider, so no other storage may have that name.
    /// </summary>
    private const string Subscriptions = MeshStreams.Provider;

    /// <summary>Name of the storage of our grains' own state, as their attributes say it.</summary>
    private const string GrainState = "state";

    public static IEnumerable<string> Problems(IConfiguration configuration, StorageOptions storage) =>
        [.. ClusterSettings.Problems(configuration), .. ClusterSettings.Problems(storage)];

    /// <summary>What <c>check-config</c> shows of the engine.</summary>
    public static object? Settings(IConfiguration configuration) => ClusterSettings.Read(configuration);

    public static void AddMeshEngine(this WebApplicationBuilder builder, MeshOptions options)
    {
        var cluster = ClusterSettings.Read(builder.Configuration);
        builder.Logging.AddFilter("Orleans", LogLevel.Warning);
        builder.Logging.AddFilter("Polly", LogLevel.Warning);
        builder.Services.AddSingleton(cluster).AddSingleton<AreaPlaces>();
        builder.UseOrleans(silo =>
        {
            silo.Configure<ClusterOptions>(cluster.Apply);
            silo.Configure<EndpointOptions>(endpoints => Listen(endpoints, cluster));
            silo.Configure<ClusterMembershipOptions>(membership => Watch(membership, cluster));
            silo.Configure<SiloMessagingOptions>(messaging =>
            {
                messaging.MaxEnqueuedRequestsHardLimit = ClusterSettings.MailboxMax;
                messaging.MaxForwardCount = ClusterSettings.ForwardsMax;
            });
            silo.AddMesh(cluster, options.Storage.ConnectionString);
        });
    }

    private static void AddMesh(this ISiloBuilder silo, ClusterSettings cluster, string? connection)
    {
        var database = ClusterSettings.Pooled(connection);
        silo.UseAdoNetClustering(adoNet =>
            (adoNet.Invariant, adoNet.ConnectionString) = (ClusterSettings.Invariant, database));
        silo.UseAdoNetReminderService(adoNet =>
            (adoNet.Invariant, adoNet.ConnectionString) = (ClusterSettings.Invariant, database));
        silo.AddAdoNetGrainStorage(Subscriptions, adoNet =>
        {
            (adoNet.Invariant, adoNet.ConnectionString) = (ClusterSettings.Invariant, database);
            adoNet.DeleteStateOnClear = true;
        });
        silo.AddMemoryStreams(MeshStreams.Provider, streams =>
        {
            streams.ConfigurePartitioning(cluster.StreamQueues);
            streams.ConfigurePullingAgent(agent => agent.Configure(pulling =>
            {
                pulling.GetQueueMsgsTimerPeriod = TimeSpan.FromMilliseconds(cluster.StreamPullMs);
                pulling.BatchContainerBatchSize = ClusterSettings.StreamBatchMax;
                pulling.MaxEventDeliveryTime = ClusterSettings.DeliveryMax;
            }));
        });
        silo.Services.AddGrainStorage(
            GrainState, (services, _) => ActivatorUtilities.CreateInstance<StateStore>(services));
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
