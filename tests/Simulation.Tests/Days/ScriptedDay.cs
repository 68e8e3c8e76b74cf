using GridMesh.Contracts.Access;
using GridMesh.Contracts.Clocks;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Incidents;
using GridMesh.Exchange.Journals;
using GridMesh.Product.Fixture;
using GridMesh.Product.Fixture.Simulated;

namespace GridMesh.Simulation.Tests.Days;

/// <summary>
/// A day of a whole district on a clock that is moved from event to event: what people do follows from the seed, what
/// the product's own clocks do from the product. Moments have fractions of a second, so no two of them meet.
/// </summary>
internal sealed class ScriptedDay(MeshSim sim, DirectoryView view, int seed)
{
    private const int CommandsPerCaseMax = 40;

    private const int DetectorsMax = 20;

    private readonly Random _random = new(seed);
    private readonly PriorityQueue<Func<Task>, DateTimeOffset> _events = new();
    private readonly Dictionary<CaseNumber, IncidentView> _open = [];
    private readonly Dictionary<CaseNumber, int> _moves = [];
    private readonly AreaCode[] _grids = [.. view.Areas.Keys.Where(code => code.Tier == Tier.Grid).Order()];
    private readonly FilingStandard[] _standards = [.. view.Data.Standards];

    /// <summary>Commands that were refused: the script goes by the rules, so none should be.</summary>
    public List<string> Refused { get; } = [];

    /// <summary>Types of facts that the day has, with how many.</summary>
    public IReadOnlyDictionary<string, int> Facts { get; private set; } = new Dictionary<string, int>();

    /// <summary>Runs to the end of the day and answers the journal as a file.</summary>
    public async Task<byte[]> RunAsync(int cases, TimeSpan length)
    {
        var midnight = ChinaTime.StartOf(new DateOnly(2026, 1, 6));
        var end = midnight + length;
        for (var i = 0; i < cases; i++)
            _events.Enqueue(ReportAsync, midnight + (_random.NextDouble() * TimeSpan.FromHours(22)));

        while (_events.TryDequeue(out var act, out var at) && at < end)
        {
            await ForwardAsync(at);
            await act();
            await sim.SettleAsync();
        }

        using var file = new MemoryStream();
        await JournalFiles.WriteAsync(sim.Journal.ReadAllAsync(), file);
        Facts = (await sim.Journal.ReadAllAsync().ToListAsync()).CountBy(record => record.Type).ToDictionary();
        return file.ToArray();
    }

    /// <summary>Moves the clock from timer to timer and lets each do what it does at its own moment.</summary>
    private async Task ForwardAsync(DateTimeOffset to)
    {
        do
        {
            // A deadline may have passed before it was set: then its timer is due at this very moment.
            var now = sim.Time.GetUtcNow();
            var next = sim.Time.Next is { } due && due < to ? due : to;
            sim.Time.Advance(next > now ? next - now : TimeSpan.Zero);
            await sim.SettleAsync();
        }
        while (sim.Time.GetUtcNow() < to);
    }

    private async Task ReportAsync()
    {
        var source = (Source)_random.Next(6);

        // A few detectors that go off again and again; everything else is anywhere.
        var isAlarm = source == Source.Sensor;
        var grid = _grids[_random.Next(isAlarm ? DetectorsMax : _grids.Length)];
        var standard = isAlarm ? _standards[0] : _standards[_random.Next(_standards.Length)];
        var alarm = isAlarm ? $"detector-{grid}" : null;
        var report = new ReportIncident(
            NewId(), MeshSim.By(Role.Dispatcher), standard.Category, "看见一处问题", null, null, null, source, null, alarm);
        await TakeAsync(await sim.ReportAsync(grid, report), report);
    }

    /// <summary>Takes an answer over: when its clock runs out, and what somebody does next.</summary>
    private async Task TakeAsync(CommandOutcome outcome, IncidentCommand command)
    {
        if (outcome.Reject is { } reject)
        {
            Refused.Add($"{command.GetType().Name} {reject} {outcome.Case?.Step} {outcome.Case?.Id}");
            return;
        }

        var incident = outcome.Case!;
        var isNew = !_open.TryGetValue(incident.Id, out var before);
        _open[incident.Id] = incident;
        await sim.SettleAsync();
        if (incident.DueAt is { } due && (isNew || before!.DueAt != due))
            _events.Enqueue(() => PassAsync(incident.Id, due), due);

        if (isNew || command is not ReportIncident)
            Plan(incident);
    }

    /// <summary>
    /// The clock stands at a deadline: if it still holds, its fact is waited for before time goes on.
    /// </summary>
    private async Task PassAsync(CaseNumber number, DateTimeOffset due)
    {
        var incident = _open[number];
        if (incident.DueAt != due || incident.Overdue)
            return;

        await sim.SettleAsync();

        // One that was over before it was set has its ladder behind it at the same moment.
        sim.Journal.Of(number.Value).Skip((int)incident.Version).Select(fact => fact.Type).FirstOrDefault()
            .ShouldBe(nameof(DeadlinePassed), $"the deadline of {number} is a fact");
        _open[number] = (await sim.Client.GetGrain<IIncidentGrain>(number.Value).GetAsync())!;
    }

    private void Plan(IncidentView incident)
    {
        var moves = _moves[incident.Id] = _moves.GetValueOrDefault(incident.Id) + 1;
        if (moves > CommandsPerCaseMax || DayMoves.Next(incident, view, _random) is not { } move)
            return;

        _events.Enqueue(() => DoAsync(incident.Id, move), AtWork(sim.Time.GetUtcNow() + move.After));
    }

    private async Task DoAsync(CaseNumber number, DayMove move)
    {
        var command = move.Command(NewId(), _open[number]);
        await TakeAsync(await sim.DoAsync(number, command), command);
    }

    /// <summary>People act in work time only: there all four clocks run, so no two deadlines fall together.</summary>
    private DateTimeOffset AtWork(DateTimeOffset at)
    {
        var local = ChinaTime.Local(at);
        var hour = local.TimeOfDay.TotalHours;
        return hour is >= 8 and < 12 or >= 14 and < 18 ? at
            : hour < 8 ? ChinaTime.At(local.Date).AddHours(8 + (_random.NextDouble() * 4))
            : hour < 14 ? ChinaTime.At(local.Date).AddHours(14 + (_random.NextDouble() * 4))
            : ChinaTime.At(local.Date.AddDays(1)).AddHours(8 + (_random.NextDouble() * 4));
    }

    private Guid NewId()
    {
        Span<byte> bytes = stackalloc byte[16];
        _random.NextBytes(bytes);
        return new Guid(bytes);
    }
}
