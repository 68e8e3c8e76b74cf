using GridMesh.Clock.Fixture;
using GridMesh.Engine.Tests.Conformance;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Reminders;
using Orleans.Runtime;
using Orleans.Storage;
using Orleans.TestingHost;

namespace GridMesh.Engine.Tests.Hosts;

/// <summary>
/// Runs the conformance grains on Orleans: one silo and its own client in this process. What grains can see of time
/// (timers, timeouts of calls, reminders, the age of the idle) goes by the clock of the test; membership, streams and
/// everything else that keeps a silo going by the real one.
/// </summary>
internal sealed class OrleansHost : IConformanceHost
{
    private static readonly TimeSpan PullingPeriod = TimeSpan.FromMilliseconds(10);

    private readonly FakeTime _time = new();
    private readonly DictionaryStorage _states = new();
    private readonly DictionaryReminderTable _reminders = new();
    private readonly TestClusterPortAllocator _ports = new();
    private readonly int _siloPort;
    private readonly int _gatewayPort;
    private IHost _host;
    private ReminderWatch _watch;
    private IdleCollection _collection;

    private OrleansHost()
    {
        (_siloPort, _gatewayPort) = _ports.AllocateConsecutivePortPairs(1);
        _host = Build();
        (_watch, _collection) = Attach();
    }

    public IClusterClient Client => _host.Services.GetRequiredService<IClusterClient>();

    public Probe Probe { get; } = new();

    public static async Task<OrleansHost> StartAsync()
    {
        var host = new OrleansHost();
        await host.StartSiloAsync();
        return host;
    }

    public void Advance(TimeSpan span)
    {
        _watch.WaitUntilArmed();
        _collection.BeforeAdvance(span);
        _time.Advance(span);
    }

    public void AdvanceWhileRunning(TimeSpan span) => Advance(span);

    public async Task RestartAsync()
    {
        await StopAsync();
        await CloseAsync();
        _host = Build();
        (_watch, _collection) = Attach();
        await StartSiloAsync();
    }

    public Task StopAsync() => _host.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Probe.OpenAll();
        await StopAsync().WaitAsync(Hang.Limit, TimeProvider.System);
        await CloseAsync();
        _ports.Dispose();
    }

    private (ReminderWatch Watch, IdleCollection Collection) Attach() =>
        (new ReminderWatch(_host.Services.GetRequiredService<ILocalSiloDetails>().SiloAddress),
            new IdleCollection(_host.Services, _time));

    private async Task StartSiloAsync()
    {
        await _host.StartAsync();
        await _watch.Started.WaitAsync(Hang.Limit, TimeProvider.System);
    }

    private async Task CloseAsync()
    {
        _watch.Dispose();
        await _collection.DisposeAsync();
        _host.Dispose();
    }

    private IHost Build()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(Probe);
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering(_siloPort, _gatewayPort);
            silo.AddReminders();
            silo.AddMemoryGrainStorage("PubSubStore");
            silo.AddMemoryStreams("test", streams => streams.ConfigurePullingAgent(
                agent => agent.Configure(options =>
                {
                    options.GetQueueMsgsTimerPeriod = PullingPeriod;

                    // How long an item that its observer refuses is delivered anew, a minute by default, on the real clock.
                    options.MaxEventDeliveryTime = PullingPeriod;
                })));

            // A grain that leaves every tenth call is more than the two forwards which Orleans grants a message by default.
            silo.Configure<SiloMessagingOptions>(options => options.MaxForwardCount = 100);
            silo.Configure<GrainCollectionOptions>(options => options.CollectionAge = IdleCollection.Age);
            AddClocks(silo.Services);
            silo.Services.AddSingleton<IGrainStorage>(_states);
            silo.Services.AddSingleton<IReminderTable>(_reminders);
        });
        return builder.Build();
    }

    private void AddClocks(IServiceCollection services)
    {
        services.AddKeyedSingleton<TimeProvider>(TimeProviderNames.Messaging, _time);
        services.AddKeyedSingleton<TimeProvider>(TimeProviderNames.ActivationManagement, _time);
        services.AddKeyedSingleton<TimeProvider>(ReminderTimeProviderNames.Reminders, new ReminderClock(_time));
        services.AddKeyedSingleton<TimeProvider>(
            TimeProviderNames.Grains, (provider, _) => new GrainClock(_time, provider));
    }
}
