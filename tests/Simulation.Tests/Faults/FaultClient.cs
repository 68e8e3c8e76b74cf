using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Workers;
using GridMesh.Product.Fixture;
using GridMesh.Product.Fixture.Simulated;

namespace GridMesh.Simulation.Tests.Faults;

/// <summary>What somebody was promised.</summary>
/// <param name="Stream">Where the journal has to have it.</param>
/// <param name="Version">How much of it there was, at least.</param>
internal sealed record Promise(Guid CommandId, string Stream, long Version, string What)
{
    /// <summary>An alarm that goes off again at once adds no fact.</summary>
    public bool MayBeSilent { get; init; }
}

/// <summary>Somebody who works with the product, at random, and sends again what was not answered.</summary>
internal sealed class FaultClient(MeshSim sim, int number, int seed, List<CaseNumber> cases, Action<string> log)
{
    private const int Acts = 12;
    private const int TriesMax = 40;

    private readonly Random _random = new(seed);

    public List<Promise> Promises { get; } = [];

    /// <summary>What broke a rule in the answers themselves.</summary>
    public List<string> Broken { get; } = [];

    /// <summary>The worker that this one is, and whether it was told that it is on duty.</summary>
    public (string Worker, bool OnDuty) Duty { get; private set; } =
        (SmallDistrict.WorkerOf(FaultDistrict.Grids[number % FaultDistrict.Grids.Length]), false);

    public async Task RunAsync()
    {
        for (var act = 0; act < Acts; act++)
        {
            await PauseAsync(150_000);
            switch (_random.Next(10))
            {
                case < 4: await ReportAsync(); break;
                case < 8 when cases.Count > 0: await DoAsync(cases[_random.Next(cases.Count)]); break;
                case 8: await DutyAsync(!Duty.OnDuty); break;
                default: await MoveAsync(); break;
            }
        }
    }

    private async Task ReportAsync()
    {
        var alarm = _random.Next(4) == 0 ? $"alarm-{_random.Next(3)}" : null;
        var report = new ReportIncident(
            NewId(), MeshSim.By(Role.Dispatcher), _random.Next(2) == 0 ? "litter" : "dispute", "text", null, null, null,
            Source.Worker, null, alarm);
        var grid = AreaCode.Parse(FaultDistrict.Grids[_random.Next(FaultDistrict.Grids.Length)]);
        if (await InsistAsync(
            () => sim.ReportAsync(grid, report), $"{grid} report {alarm}") is { Case: { } made, Reject: null })
        {
            Promises.Add(
                new Promise(
                    report.CommandId, made.Id.Value, made.Version, "report") { MayBeSilent = alarm is not null });
            cases.Add(made.Id);
        }
    }

    private async Task DoAsync(CaseNumber incident)
    {
        var command = Any(NewId());
        if (await InsistAsync(
            () => sim.DoAsync(incident, command), $"{incident} {command.GetType().Name}")
                is { Reject: null, Case: { } now })
            Promises.Add(new Promise(command.CommandId, incident.Value, now.Version, command.GetType().Name));
    }

    private async Task DutyAsync(bool onDuty)
    {
        var id = NewId();
        var outcome = await InsistAsync(
            () => sim.Client.GetGrain<IWorkerGrain>(Duty.Worker).SetDutyAsync(id, MeshSim.By(Role.Admin), onDuty),
            $"{Duty.Worker} on duty: {onDuty}");
        if (outcome is { Reject: null })
            Duty = (Duty.Worker, onDuty);
    }

    private async Task MoveAsync()
    {
        try
        {
            await sim.MoveAsync(Duty.Worker, SmallDistrict.PointIn(FaultDistrict.Grids[0]));
        }
        catch (Exception e) when (FaultRun.IsFault(e))
        {
            log($"client {number}: a position was lost: {e.GetType().Name}");
        }
    }

    /// <summary>The same command again until it is answered; now and then twice at once.</summary>
    private async Task<T?> InsistAsync<T>(Func<Task<T>> act, string what)
        where T : class
    {
        var isTwice = _random.Next(6) == 0;
        for (var tries = 0; tries < TriesMax; tries++)
        {
            try
            {
                var (one, other) = (act(), isTwice ? act() : null);
                var answer = await one;
                var again = other is null ? answer : await other;
                log($"client {number}: {what} answered{(answer is CommandOutcome a ? $" {a.Reject} {a.Case?.Id} v{a.Case?.Version}" : "")}");
                if (answer is CommandOutcome { Case: { } first, Reject: null }
                    && again is CommandOutcome { Case: { } second, Reject: null }
                    && first.Id != second.Id)
                {
                    Broken.Add($"{what}: the same command is {first.Id} and {second.Id}");
                }

                return answer;
            }
            catch (Exception e) when (FaultRun.IsFault(e))
            {
                log($"client {number}: {what} failed: {e.GetType().Name}");
                await PauseAsync(8_000);
            }
        }

        return null;
    }

    private IncidentCommand Any(Guid id)
    {
        var owner = MeshSim.By(Role.Worker, "D-urban");
        return _random.Next(8) switch
        {
            0 => new RejectIncident(id, MeshSim.By(Role.Dispatcher), "no"),
            1 => new AcceptIncident(id, owner),
            2 => new ReturnIncident(id, owner, "not ours"),
            3 => new ResolveIncident(id, owner, "done", []),
            4 => new InspectIncident(id, MeshSim.By(Role.Inspector, "i"), _random.Next(3) > 0, "so"),
            5 => new TellReporter(id, MeshSim.By(Role.Dispatcher), "done"),
            _ => new DispatchIncident(id, MeshSim.By(Role.Dispatcher), "D-urban"),
        };
    }

    private Task PauseAsync(int most) => Task.Delay(TimeSpan.FromMilliseconds(_random.Next(1, most)), sim.Time);

    private Guid NewId()
    {
        Span<byte> bytes = stackalloc byte[16];
        _random.NextBytes(bytes);
        return new Guid(bytes);
    }
}
