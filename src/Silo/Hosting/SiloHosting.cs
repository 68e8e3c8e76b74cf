using GridMesh.Contracts.Storage;
using GridMesh.Silo.Hosting.Cluster;
using GridMesh.Silo.Hosting.Local;
using Orleans.Configuration;
using Orleans.Runtime.Hosting;

namespace GridMesh.Silo.Hosting;

/// <summary>
/// A silo of Orleans in this process. What the modes have in common is here; how silos find each other and where
/// reminders lie is theirs.
/// </summary>
internal static class SiloHosting
{
    /// <summary>Name of the storage of our grains' own state, as their attributes say it.</summary>
    private const string GrainState = "state";

    /// <summary>A grain that nobody has called for so long goes to rest.</summary>
    private static readonly TimeSpan s_collectionAge = TimeSpan.FromMinutes(10);

    public static void AddMeshSilo(this WebApplicationBuilder builder, MeshOptions options)
    {
        var cluster = options.Cluster;
        builder.AddOrleansLogs();
        builder.UseOrleans(silo =>
        {
            silo.Configure<ClusterOptions>(cluster.Apply);
            silo.Configure<SiloMessagingOptions>(messaging =>
            {
                messaging.MaxEnqueuedRequestsHardLimit = ClusterSettings.MailboxMax;
                messaging.MaxForwardCount = ClusterSettings.ForwardsMax;
            });
            silo.Configure<GrainCollectionOptions>(collection => collection.CollectionAge = s_collectionAge);
            CachedInterfaceTypes.AddTo(silo.Services);
            silo.Services.AddGrainStorage(
                GrainState, (services, _) => new StateStore(
                    services.GetRequiredService<IStateTable>(), new MeshStateSerializer()));
            if (cluster.CountCalls)
                silo.AddIncomingGrainCallFilter<GrainCallCounter>();

            if (cluster.Mode == ClusterMode.Local)
                silo.UseLocal();
            else
                silo.UseDatabase(cluster, options.Storage.ConnectionString);
        });
    }

    /// <summary>What Orleans tells at a lower level is of its own working.</summary>
    public static void AddOrleansLogs(this WebApplicationBuilder builder)
    {
        builder.Logging.AddFilter("Orleans", LogLevel.Warning);
        builder.Logging.AddFilter("Polly", LogLevel.Warning);

        // At every start: that the garbage collector is the workstation's, and a wait that begins with the machine.
        builder.Logging.AddFilter("Orleans.Runtime.Silo", LogLevel.Error);
        builder.Logging.AddFilter("Orleans.Runtime.Watchdog", LogLevel.Error);

        // Of each turn that took a second: on a machine that has much else to do they are hundreds, and say no more.
        builder.Logging.AddFilter("Orleans.Runtime.Scheduler", LogLevel.Error);
    }

    /// <summary>How items of a stream are handed over.</summary>
    /// <param name="pace">How often somebody looks, which is the mode's own.</param>
    public static void Deliver(this ISiloPersistentStreamConfigurator streams, TimeSpan pace) =>
        streams.ConfigurePullingAgent(agent => agent.Configure(pulling =>
        {
            pulling.GetQueueMsgsTimerPeriod = pace;
            pulling.BatchContainerBatchSize = ClusterSettings.StreamBatchMax;
            pulling.MaxEventDeliveryTime = ClusterSettings.DeliveryMax;
        }));
}
