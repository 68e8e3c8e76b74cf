using GridMesh.Load.Clients;
using GridMesh.Load.Kills;
using GridMesh.Load.Measuring;
using GridMesh.Load.Products;
using GridMesh.Load.Reports;

namespace GridMesh.Load.Scenarios;

/// <summary>
/// Kill -9 under load, again and again: whatever was acknowledged has to be there afterwards, whatever was not has to
/// be there exactly once after it is sent again, and the wall has to find its way back by itself.
/// </summary>
internal sealed class KillScenario(KillOptions options, ScenarioContext context)
{
    public const string Name = "kill";

    private const double KillAfterMin = 1;
    private const double KillAfterMax = 5;

    private static readonly TimeSpan s_wallPatience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(10);

    /// <summary>The demo's people stay away, so that nobody but the scenario changes what is counted; one address sends everything.</summary>
    private static readonly string[] s_settings =
    [
        "GridMesh:Demo:Enabled=false", "GridMesh:Limits:TokenPerSecond=1000000", "GridMesh:Limits:TokenBurst=1000000",
        "GridMesh:Limits:AddressPerSecond=1000000", "GridMesh:Limits:AddressBurst=1000000",
    ];

    private readonly TimeProvider _time = context.Time;
    private readonly Random _random = new(options.Seed);
    private readonly string _run = Guid.NewGuid().ToString("N")[..8];
    private readonly int _port = SiloProcess.FreePort();
    private readonly Histogram _latency = new();
    private readonly List<Round> _rounds = [];
    private readonly List<Ledger> _ledgers = [];

    public async Task<Report> RunAsync(CancellationToken cancellation)
    {
        using var folder = new TemporaryFolder();
        var setup = context.Setup(folder.Path, options.Connection);
        await MakeDistrictAsync(setup, cancellation);
        var silo = SiloProcess.Start(setup, _port, s_settings, _time);
        try
        {
            await silo.ReadyAsync(cancellation);
            using var first = new MeshClient(silo.Url);
            var crew = await Crew.SignInAsync(first, options.Area, options.Concurrency);
            await using var wall = await Wall.WatchAsync(silo.Url, crew.Viewer, options.Area, _time, (_, _) => { });
            context.Say($"{crew.Members.Count} members in {crew.Members.Select(member => member.Grid).Distinct().Count()} grids, {options.Kills} kills");
            for (var number = 1; number <= options.Kills; number++)
            {
                silo = await RoundAsync(number, setup, silo, crew, wall, cancellation);
            }

            return await ComposeAsync(silo, crew, wall, cancellation);
        }
        finally
        {
            silo.Dispose();
        }
    }

    private async Task MakeDistrictAsync(SiloSetup setup, CancellationToken cancellation)
    {
        context.Say("making the demo district");
        using var silo = SiloProcess.Start(setup, _port, [], _time);
        await silo.ReadyAsync(cancellation);
        if (!await silo.StopAsync())
        {
            throw new InvalidOperationException("the silo did not stop in order");
        }
    }

    /// <summary>Load, kill, verify, start again, look everything up. Answers the new process.</summary>
    private async Task<SiloProcess> RoundAsync(
        int number, SiloSetup setup, SiloProcess silo, Crew crew, Wall wall, CancellationToken cancellation)
    {
        var killAfter = TimeSpan.FromSeconds(KillAfterMin + (_random.NextDouble() * (KillAfterMax - KillAfterMin)));
        var began = _time.GetUtcNow();
        var ledgers = await RoundLoad.RunAsync(silo, crew, $"{_run}-{number}", killAfter, _latency, _time, cancellation);
        silo.Dispose();
        _ledgers.AddRange(ledgers);
        var acknowledged = ledgers.Sum(ledger => ledger.Acknowledged);
        var verified = await SiloVerify.RunAsync(setup, _time, cancellation);
        if (!verified.IsClean)
        {
            context.Say($"verify: {verified.Output}");
        }

        var next = SiloProcess.Start(setup, _port, s_settings, _time);
        try
        {
            using var client = new MeshClient(next.Url);
            var right = await new Recovery(client, options.Area, crew.Viewer, next.StartedAt, _time)
                .RunAsync(next.ThrowIfGone, cancellation);
            var wallSeconds = right is null ? null : await CaughtUpAsync(wall, number, right.Numbers, next.StartedAt, cancellation);
            var lookup = new CaseLookup(client, crew, context.Say);
            var lost = await lookup.LostAsync(ledgers.SelectMany(ledger => ledger.Cases), cancellation);
            var unanswered = ledgers.Sum(ledger => ledger.Unanswered.Count);
            var retry = new Retry(client, crew, lookup, context.Say);
            var wrong = await RetryAsync(retry, ledgers, began, cancellation);
            lost += await lookup.LostShiftsAsync(DutyOf(ledgers), cancellation);
            var round = new Round(
                number, killAfter.TotalSeconds, acknowledged, lost, unanswered, retry.Durable, wrong, verified.IsClean, verified.Seconds,
                right?.Seconds, right?.Wrong ?? 0, wallSeconds);
            _rounds.Add(round);
            context.Say($"kill {number} after {killAfter.TotalSeconds:F1} s: {acknowledged} acknowledged, {lost} lost, {unanswered} unanswered, {wrong} of them not once, {(verified.IsClean ? "clean" : "NOT CLEAN")}, right after {right?.Seconds:F2} s, wall after {wallSeconds:F2} s");
            return next;
        }
        catch
        {
            next.Dispose();
            throw;
        }
    }

    private static async Task<int> RetryAsync(
        Retry retry, IReadOnlyList<Ledger> ledgers, DateTimeOffset began, CancellationToken cancellation)
    {
        var wrong = 0;
        foreach (var ledger in ledgers)
        {
            wrong += await retry.WrongAsync(ledger, began, cancellation);
        }

        return wrong;
    }

    /// <summary>Seconds from the start of the process until the wall is current with these numbers; null: not in time.</summary>
    private async Task<double?> CaughtUpAsync(
        Wall wall, int kills, DistrictNumbers numbers, long startedAt, CancellationToken cancellation)
    {
        var began = _time.GetTimestamp();
        while (_time.GetElapsedTime(began) < s_wallPatience)
        {
            if (wall.Breaks >= kills && wall.IsCurrent && wall.Read(state => DistrictNumbers.Of(state.Summary)) == numbers)
            {
                return _time.GetElapsedTime(startedAt).TotalSeconds;
            }

            await Task.Delay(s_pause, _time, cancellation);
        }

        return null;
    }

    private static Dictionary<string, bool> DutyOf(IEnumerable<Ledger> ledgers)
    {
        var duty = new Dictionary<string, bool>();
        foreach (var (worker, onDuty) in ledgers.SelectMany(ledger => ledger.Duty))
        {
            duty[worker] = onDuty;
        }

        return duty;
    }

    private async Task<Report> ComposeAsync(SiloProcess silo, Crew crew, Wall wall, CancellationToken cancellation)
    {
        context.Say("looking up everything once more");
        using var client = new MeshClient(silo.Url);
        var lookup = new CaseLookup(client, crew, context.Say);
        var lostAtEnd = await lookup.LostAsync(_ledgers.SelectMany(ledger => ledger.Cases), cancellation)
            + await lookup.LostShiftsAsync(DutyOf(_ledgers), cancellation);
        var report = KillReport.Compose(options, context, _rounds, _ledgers, lostAtEnd, _latency, wall);
        await silo.StopAsync();
        return report;
    }
}
