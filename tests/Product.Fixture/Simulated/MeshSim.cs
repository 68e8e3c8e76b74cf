using System.Collections.Concurrent;
using System.Collections.Immutable;
using GridMesh.Contracts.Access;
using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Geo;
using GridMesh.Contracts.Grids;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Storage;
using GridMesh.Contracts.Workers;
using GridMesh.Gateway.Directory;
using GridMesh.Gateway.Incidents;
using GridMesh.Grains.Directory;
using GridMesh.Grains.Incidents;
using GridMesh.Grains.Live;
using GridMesh.Simulator;
using GridMesh.Simulator.Reminders;
using GridMesh.Simulator.State;
using GridMesh.Simulator.Time;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;
using Orleans.Streams;

namespace GridMesh.Product.Fixture.Simulated;

/// <summary>
/// The live tree of the small district in simulated time, over a journal in memory. What a test asks is done to the end
/// before it goes on; time passes only when it says so.
/// </summary>
public sealed class MeshSim : IAsyncDisposable
{
    /// <summary>Longest that something is waited for, in simulated time.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    private readonly DirectoryData _directory;
    private readonly LiveOptions _live;

    private MeshSim(MeshSim? beside, DirectoryData? directory, LiveOptions? live, int seed)
    {
        (_directory, _live) = (directory ?? SmallDistrict.Data, live ?? new LiveOptions());
        Time = beside?.Time ?? new SimulatedClock();
        Journal = beside?.Journal ?? new InMemoryJournal();
        World = new Simulation(
            Time, new SimulationSettings(typeof(LiveOptions).Assembly, Provide, MeshStreams.Provider, seed))
        {
            States = beside?.World.States ?? new StateTable(),
        };
    }

    public SimulatedClock Time { get; }

    public InMemoryJournal Journal { get; }

    /// <summary>What the grains keep, as a store would have it.</summary>
    public IStateTable States => new SimulatedStates(World.States);

    public DoorTracks Doors { get; } = new();

    /// <summary>What runs the grains: messages, deaths, faults.</summary>
    public Simulation World { get; }

    /// <summary>Live activations, by the name of their class.</summary>
    public IReadOnlyDictionary<string, int> Activations => World.Activations;

    public IReadOnlyCollection<StoredReminder> Reminders => World.Reminders.Rows;

    public IClusterClient Client => World.Client;

    /// <param name="beside">
    /// Another one, whose clock, journal and state are shared: two trees that do not know of each other, as on the two
    /// sides of a network that is cut.
    /// </param>
    /// <param name="directory">Another district than the small one.</param>
    /// <param name="seed">Which of those who are ready goes first.</param>
    public static async Task<MeshSim> StartAsync(
        MeshSim? beside = null, DirectoryData? directory = null, LiveOptions? live = null, int seed = 0)
    {
        var sim = new MeshSim(beside, directory, live, seed);
        await sim.WakeAsync();
        return sim;
    }

    /// <summary>
    /// All memory is lost; journal, state and reminders stay. Without <paramref name="wake"/> nothing calls the tree.
    /// </summary>
    public async Task CrashAsync(TimeSpan downFor = default, bool wake = true)
    {
        World.Crash();
        Time.Advance(downFor);
        World.Restart();
        if (wake)
            await WakeAsync();
    }

    public Task PassAsync(TimeSpan span)
    {
        Time.Advance(span);
        return Task.CompletedTask;
    }

    /// <summary>Whatever has to happen at this moment has happened.</summary>
    public Task SettleAsync()
    {
        World.Settle();
        return Task.CompletedTask;
    }

    public Task<CommandOutcome> ReportAsync(
        string grid = SmallDistrict.Grid, string category = "litter", Guid? id = null, string? alarmKey = null) =>
        ReportAsync(AreaCode.Parse(grid), new ReportIncident(
            id ?? Guid.NewGuid(), By(Role.Dispatcher), category, "text", null, null, null, Source.Worker, null,
            alarmKey));

    public async Task<CommandOutcome> ReportAsync(AreaCode grid, ReportIncident report)
    {
        var outcome = await new IncidentService(Client).ReportAsync(grid, report);
        return new CommandOutcome(outcome.Reject, outcome.Case);
    }

    public Task<CommandOutcome> DoAsync(CaseNumber number, IncidentCommand command) =>
        Client.GetGrain<IIncidentGrain>(number.Value).ExecuteAsync(command);

    public Task<WorkerOutcome> DutyAsync(string worker, bool onDuty) =>
        Client.GetGrain<IWorkerGrain>(worker).SetDutyAsync(Guid.NewGuid(), By(Role.Admin), onDuty);

    /// <summary>A worker is seen at a place, now.</summary>
    public async Task<RejectCode?> MoveAsync(string worker, GeoPoint point)
    {
        var grid = _directory.Workers.Single(entry => entry.Id == worker).Grid;
        var refused = await Client.GetGrain<IGridGrain>(grid.Value).MoveAsync(
            [new WorkerPosition(worker, new PositionReport(point, Time.GetUtcNow(), null))]);
        return refused.IsEmpty ? null : refused[0].Reject;
    }

    public async Task<AreaSummary> SummaryAsync(string code = SmallDistrict.Code) =>
        (await (code.Length == 15
            ? Client.GetGrain<IGridGrain>(code).GetReportAsync()
            : Client.GetGrain<IAreaGrain>(code).GetReportAsync())).Summary;

    /// <summary>
    /// Lets time pass until the district shows it: less than a second before a test's own spans matter.
    /// </summary>
    public Task UntilAsync(Func<AreaSummary, bool> holds, string what, string code = SmallDistrict.Code) =>
        UntilAsync(async () => holds(await SummaryAsync(code)), what);

    /// <summary>Lets time pass, from timer to timer, until it holds; a minute or two at most.</summary>
    public async Task UntilAsync(Func<Task<bool>> holds, string what)
    {
        var end = Time.GetUtcNow() + s_patience;
        while (!await holds())
        {
            var now = Time.GetUtcNow();
            if (now > end)
                throw new TimeoutException($"never: {what}");

            var next = Time.Next is { } due && due > now ? due : now.AddMilliseconds(1);
            Time.AdvanceTo(next);
        }
    }

    /// <summary>Lets time pass, from timer to timer, until something has happened.</summary>
    public Task HappensAsync(Func<bool> happened, string what) => UntilAsync(() => Task.FromResult(happened()), what);

    /// <summary>Everything that is published on a stream from now on.</summary>
    public async Task<ConcurrentQueue<T>> ListenAsync<T>(string space, string key)
    {
        var heard = new ConcurrentQueue<T>();
        await Client.GetStreamProvider(MeshStreams.Provider).GetStream<T>(StreamId.Create(space, key))
            .SubscribeAsync(new Listener<T>(heard));
        return heard;
    }

    /// <summary>Everything that children tell an area from now on.</summary>
    public ConcurrentQueue<ChildReport> ReportsTo(string area)
    {
        var heard = new ConcurrentQueue<ChildReport>();
        World.Witness(message =>
        {
            if (message.Target == area && message is { Kind: "area", Method: nameof(IAreaGrain.TakeReportAsync) })
                heard.Enqueue((ChildReport)message.Arguments[0]!);
        });
        return heard;
    }

    public static Actor By(Role role, string id = "sim") =>
        new(id, id, role, AreaCode.Parse(SmallDistrict.Code), id, []);

    public ValueTask DisposeAsync()
    {
        World.Dispose();
        return ValueTask.CompletedTask;
    }

    private Task WakeAsync() => Client.GetGrain<IAreaGrain>(SmallDistrict.Code).GetReportAsync();

    private void Provide(IServiceCollection services)
    {
        var directory = new LiveDirectory();
        directory.Replace(_directory);
        services.AddSingleton<IJournal>(Journal).AddSingleton<ICaseIndex>(Journal);
        services.AddSingleton<ITrackStore>(Doors);
        services.AddSingleton<IDirectory>(directory).AddSingleton<DirectoryRules>()
            .AddSingleton<IncidentRules>();
        services.AddSingleton(Microsoft.Extensions.Options.Options.Create(_live));
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
