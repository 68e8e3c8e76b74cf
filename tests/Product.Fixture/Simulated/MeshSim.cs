using System.Collections.Concurrent;
using System.Collections.Immutable;
using GridMesh.Clock.Fixture;
using GridMesh.Contracts.Access;
using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Grids;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Storage;
using GridMesh.Contracts.Workers;
using GridMesh.Engine;
using GridMesh.Engine.Reminders;
using GridMesh.Grains.Directory;
using GridMesh.Grains.Live;
using GridMesh.Gateway.Directory;
using GridMesh.Gateway.Incidents;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;
using Orleans.Streams;

namespace GridMesh.Product.Fixture.Simulated;

/// <summary>The live tree of the small district on a clock that only the test moves, over a journal in memory.</summary>
public sealed class MeshSim : IAsyncDisposable
{
    /// <summary>Steps of the clock while time passes: no timer of the product is finer than the roll-up's 50 ms.</summary>
    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(500);

    /// <summary>How often it is looked at once, before it is waited for.</summary>
    private const int YieldsMax = 10_000;

    private readonly MemoryReminderStore _reminders = new();
    private IHost _host;

    private readonly DirectoryData _directory;
    private readonly LiveOptions _live;

    private MeshSim(MeshSim? beside, DirectoryData? directory, LiveOptions? live)
    {
        (_directory, _live) = (directory ?? SmallDistrict.Data, live ?? new LiveOptions());
        (Time, Journal) = beside is null ? (new FakeTime(), new MemoryJournal()) : (beside.Time, beside.Journal);
        _host = Build();
    }

    public FakeTime Time { get; }

    public MemoryJournal Journal { get; }

    public DoorTracks Doors { get; } = new();

    /// <summary>Live activations, by the name of their class.</summary>
    public IReadOnlyDictionary<string, int> Activations => _host.Services.GetRequiredService<EngineStats>().Activations;

    /// <summary>Waits until nothing runs any more: whatever has to happen at this moment has happened.</summary>
    public async Task SettleAsync()
    {
        var stats = _host.Services.GetRequiredService<EngineStats>();
        for (var tries = 0; tries < YieldsMax && !stats.IsIdle; tries++)
        {
            await Task.Yield();
        }

        await Eventually.TrueAsync(() => stats.IsIdle, "the engine comes to rest");
    }

    public IReminderStore Reminders => _reminders;

    public IClusterClient Client => _host.Services.GetRequiredService<IClusterClient>();

    /// <param name="beside">
    /// Another one, whose clock and journal are shared: two trees that do not know of each other, as on the two sides
    /// of a network that is cut.
    /// </param>
    /// <param name="directory">Another district than the small one.</param>
    public static async Task<MeshSim> StartAsync(
        MeshSim? beside = null, DirectoryData? directory = null, LiveOptions? live = null)
    {
        var sim = new MeshSim(beside, directory, live);
        await sim._host.StartAsync();
        await sim.WakeAsync();
        return sim;
    }

    /// <summary>All memory is lost; journal and reminders stay. With <paramref name="wake"/> nothing calls the tree.</summary>
    public async Task CrashAsync(TimeSpan downFor = default, bool wake = true)
    {
        await _host.StopAsync();
        _host.Dispose();
        Time.Advance(downFor);
        _host = Build();
        await _host.StartAsync();
        if (wake)
        {
            await WakeAsync();
        }
    }

    /// <summary>Lets time pass in small steps, so that whatever a timer starts can end before the next one.</summary>
    public async Task PassAsync(TimeSpan span)
    {
        for (var left = span; left > TimeSpan.Zero; left -= s_step)
        {
            Time.Advance(left < s_step ? left : s_step);
            await Client.GetGrain<IAreaGrain>(SmallDistrict.Code).GetReportAsync();
        }
    }

    public Task<CommandOutcome> ReportAsync(
        string grid = SmallDistrict.Grid, string category = "litter", Guid? id = null, string? alarmKey = null) =>
        ReportAsync(AreaCode.Parse(grid), new ReportIncident(
            id ?? Guid.NewGuid(), By(Role.Dispatcher), category, "text", null, null, null, Source.Worker, null, alarmKey));

    public Task<CommandOutcome> ReportAsync(AreaCode grid, ReportIncident report) =>
        new IncidentDesk(Client).ReportAsync(grid, report);

    public Task<CommandOutcome> DoAsync(CaseNumber number, IncidentCommand command) =>
        Client.GetGrain<IIncidentGrain>(number.Value).ExecuteAsync(command);

    public Task<WorkerOutcome> DutyAsync(string worker, bool onDuty) =>
        Client.GetGrain<IWorkerGrain>(worker).SetDutyAsync(Guid.NewGuid(), By(Role.Admin), onDuty);

    public async Task<AreaSummary> SummaryAsync(string code = SmallDistrict.Code) =>
        (await (code.Length == 15
            ? Client.GetGrain<IGridGrain>(code).GetReportAsync()
            : Client.GetGrain<IAreaGrain>(code).GetReportAsync())).Summary;

    /// <summary>
    /// Waits until the district shows it. The tree's timers are on the fake clock, so it is nudged on: by less than a
    /// second in all before a test's own spans matter.
    /// </summary>
    public Task UntilAsync(Func<AreaSummary, bool> holds, string what, string code = SmallDistrict.Code) =>
        Eventually.TrueAsync(
            async () =>
            {
                if (holds(await SummaryAsync(code)))
                {
                    return true;
                }

                Time.Advance(TimeSpan.FromMilliseconds(1));
                return false;
            },
            what);

    /// <summary>Waits until something has happened, while the clock goes on by a few milliseconds at a time.</summary>
    public async Task HappensAsync(Func<bool> happened, string what)
    {
        await Eventually.TrueAsync(
            () =>
            {
                Time.Advance(TimeSpan.FromMilliseconds(5));
                return happened();
            },
            what);

        // It shows before the turn that did it has ended: a clock that moves on at once would set its timers late.
        await SettleAsync();
    }

    /// <summary>Everything that is published on a stream from now on.</summary>
    public async Task<ConcurrentQueue<T>> ListenAsync<T>(string space, string key)
    {
        var heard = new ConcurrentQueue<T>();
        await StreamOf<T>(space, key).SubscribeAsync(new Listener<T>(heard));
        return heard;
    }

    public IAsyncStream<T> StreamOf<T>(string space, string key) =>
        Client.GetStreamProvider(MeshStreams.Provider).GetStream<T>(StreamId.Create(space, key));

    public static Actor By(Role role, string id = "sim") => new(id, id, role, AreaCode.Parse(SmallDistrict.Code), id, []);

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }

    private async Task WakeAsync() => await Client.GetGrain<IAreaGrain>(SmallDistrict.Code).GetReportAsync();

    private IHost Build()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.ClearProviders();
        var directory = new LiveDirectory();
        directory.Replace(_directory);
        var services = builder.Services;
        services.AddSingleton<TimeProvider>(Time);
        services.AddSingleton<IJournal>(Journal).AddSingleton<ICaseIndex>(Journal);
        services.AddSingleton<ITrackStore>(Doors);
        services.AddSingleton<IDirectory>(directory).AddSingleton<DirectoryRules>();
        services.AddSingleton<IReminderStore>(_reminders);
        services.AddSingleton(Microsoft.Extensions.Options.Options.Create(_live));
        services.AddEmbeddedEngine(engine => engine.CollectionAge = TimeSpan.FromDays(1), typeof(LiveOptions).Assembly);
        return builder.Build();
    }

    private sealed class Listener<T>(ConcurrentQueue<T> heard) : IAsyncObserver<T>
    {
        public Task OnNextAsync(T item, StreamSequenceToken? token = null)
        {
            heard.Enqueue(item);
            return Task.CompletedTask;
        }

        public Task OnErrorAsync(Exception ex) => Task.CompletedTask;
    }
}
