using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Patrols;
using GridMesh.Contracts.Storage;
using GridMesh.Product.Fixture;
using GridMesh.Product.Fixture.Simulated;
using Orleans.Runtime;
using Orleans.Storage;

namespace GridMesh.Simulation.Tests.Faults;

/// <summary>
/// Some facts of the journal between two storms, from a moment at which the last one was over for a minute.
/// </summary>
internal sealed record Calm(int FromSeq, int UntilSeq, DateTimeOffset From);

/// <summary>
/// One seed: a small district, people at random, storms that come and go; then a minute and a half of fine weather, and
/// everything has to be right.
/// </summary>
/// <param name="steps">The wall clock is stepped too, once: forwards by minutes, or backwards by up to an hour.</param>
internal sealed class FaultRun(int seed, bool steps = false)
{
    /// <summary>
    /// When the patrols of the first grid are walked, in minutes of the day; the clock begins at 16:00.
    /// </summary>
    public static readonly (int From, int To)[] Windows =
        [((16 * 60) + 5, (16 * 60) + 15), ((16 * 60) + 20, (16 * 60) + 33)];

    private static readonly TimeSpan s_length = TimeSpan.FromMinutes(40);
    private static readonly TimeSpan s_rest = TimeSpan.FromSeconds(90);

    /// <summary>After a storm the last questions run out, and what was lost is repaired.</summary>
    private static readonly TimeSpan s_aftermath = TimeSpan.FromSeconds(60);

    private readonly Random _random = new(seed);
    private readonly List<string> _log = [];
    private readonly List<Calm> _calms = [];
    private MeshSim _sim = null!;
    private bool _isOver;

    /// <summary>What happened, in order, each with the time since the start.</summary>
    public IReadOnlyList<string> Log => _log;

    /// <summary>What a caller may meet in bad weather; anything else is a bug.</summary>
    public static bool IsFault(Exception e) => e is
        TimeoutException or StorageUnavailableException or SiloUnavailableException or InconsistentStateException;

    /// <summary>Throws, with the seed and all that happened, when a rule is broken.</summary>
    public async Task RunAsync()
    {
        await using (_sim = await MeshSim.StartAsync(directory: FaultDistrict.Data, seed: seed))
        {
            await PlanPatrolsAsync();
            var storm = new Storm(_sim, _random.Next(), Note);
            List<CaseNumber> cases = [];
            var clients = Enumerable.Range(0, 3)
                .Select(number => new FaultClient(_sim, number, _random.Next(), cases, Note)).ToArray();
            var work = clients.Select(client => _sim.World.Begin(client.RunAsync)).ToArray();
            var weather = _sim.World.Begin(() => BlowAsync(storm));
            _sim.Time.Advance(s_length);
            _isOver = true;
            _sim.Time.Advance(TimeSpan.FromMinutes(10));
            storm.IsOn = false;
            _sim.Time.Advance(s_rest);
            Note("at rest");
            var broken = await new FaultRules(_sim, clients, _calms).CheckAsync();
            broken.AddRange(
                work.Append(weather).Where(task => !task.IsCompleted).Select(_ => "somebody never came to an end"));
            broken.AddRange(work.Append(weather).Where(task => task.IsFaulted).Select(task => $"{task.Exception}"));
            broken.ShouldBeEmpty($"seed {seed}\n{string.Join('\n', _log)}\n{string.Join('\n', broken)}\nseed {seed}\n");
        }
    }

    private async Task PlanPatrolsAsync()
    {
        var middle = SmallDistrict.PointIn(FaultDistrict.Grids[0]);
        var plan = new PatrolPlan(
            "P1", "巡查", Line.PublicSecurity,
            [
                new Checkpoint("c1", "门口", middle, 50),
                new Checkpoint("c2", "河边", middle with { Lng = middle.Lng - 0.004 }, 50),
            ],
            [.. Windows.Select(window => new PatrolWindow(window.From, window.To))], [], 1, null);
        (await _sim.Client.GetGrain<IPatrolGrain>(FaultDistrict.Grids[0]).ExecuteAsync(
            new PlanPatrol(new Guid(seed, 1, 1, new byte[8]), MeshSim.By(Role.Lead), plan))).Reject.ShouldBeNull();
    }

    /// <summary>Storms, and calms between them.</summary>
    private async Task BlowAsync(Storm storm)
    {
        while (!_isOver)
        {
            await PauseAsync(30, 120);
            Note("a storm");
            storm.IsOn = true;
            Step();
            await PauseAsync(20, 150);
            storm.IsOn = false;
            Note("calm");
            await Task.Delay(s_aftermath, _sim.Time);
            var (seq, from) = (_sim.Journal.Count, _sim.Time.GetUtcNow());
            await PauseAsync(60, 300);
            _calms.Add(new Calm(seq, _sim.Journal.Count, from));
        }
    }

    private void Step()
    {
        if (steps && _sim.Time.Stepped == TimeSpan.Zero)
        {
            var minutes = _random.NextDouble();
            _sim.Time.Step(TimeSpan.FromMinutes(_random.Next(2) == 0 ? minutes * 10 : minutes * -60));
            Note($"the clock is stepped by {_sim.Time.Stepped}");
        }
    }

    private Task PauseAsync(int least, int most) =>
        Task.Delay(TimeSpan.FromSeconds(least + (_random.NextDouble() * (most - least))), _sim.Time);

    private void Note(string what) =>
        _log.Add($"{TimeSpan.FromTicks(_sim.Time.GetTimestamp()):hh\\:mm\\:ss\\.fff} {what}");
}
