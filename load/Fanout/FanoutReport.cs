using GridMesh.Load.Reports;
using GridMesh.Load.Scenarios;

namespace GridMesh.Load.Fanout;

/// <summary>Sets the product beside the bare hub.</summary>
internal static class FanoutReport
{
    /// <summary>Least share of the bare hub's frames a second.</summary>
    public const double FramesShareMin = 0.9;

    /// <summary>Most that the product's p99 exceeds the bare hub's by, as a factor.</summary>
    public const double AgeFactorMax = 1.2;

    /// <summary>Most memory of a client, as a factor of the bare hub's.</summary>
    public const double MemoryFactorMax = 1;

    private const double Kilobyte = 1_000;

    public static Report Compose(
        FanoutOptions options, ScenarioContext context, IReadOnlyList<FanoutRound> rounds, string product, FanoutJudge judge,
        int officialGaps, int movesFailed)
    {
        var ours = rounds.Where(round => round.Side == product).ToArray();
        var bare = rounds.Where(round => round.Side != product).ToArray();
        var gaps = ours.Sum(round => round.Steady.Tally.Gaps + round.Flood.Tally.Gaps) + officialGaps;
        var breaks = ours.Sum(round => round.Steady.Tally.Breaks + round.Flood.Tally.Breaks);
        var missing = rounds.Sum(round => options.Clients - round.Arrived);
        return context.Report(
            FanoutScenario.Name,
            new Dictionary<string, string>
            {
                ["url"] = options.Url?.ToString() ?? "own silo",
                ["clients"] = $"{options.Clients}",
                ["areas"] = $"{options.Areas}",
                ["rate"] = $"{options.Rate}/s, flood {options.Flood}/s",
                ["duration"] = $"{options.Duration.TotalSeconds} s",
                ["rounds"] = $"{options.Rounds}",
                ["seed"] = $"{options.Seed}",
            },
            [.. rounds.SelectMany((round, i) => Ages(round, (i / 2) + 1))],
            [
                new Figure("moves refused, unanswered or left out", movesFailed, ""),
                new Figure("clients that did not come", missing, ""),
                new Figure("gaps seen by clients of the product", gaps, ""),
                new Figure("connections broken by the product", breaks, ""),
                new Figure("states compared with the product's snapshot", judge.Compared, ""),
            ],
            [Table("steady", rounds, round => round.Steady), Table("flood", rounds, round => round.Flood), Memory(rounds)],
            [.. judge.Wrong.Take(10), .. Notes],
            [
                Least("frames/s in the flood beside bare SignalR", FramesShareMin, Mean(ours, r => r.Flood.FramesPerSecond), Mean(bare, r => r.Flood.FramesPerSecond)),
                Least("frames/s in the steady phase beside bare SignalR", FramesShareMin, Mean(ours, r => r.Steady.FramesPerSecond), Mean(bare, r => r.Steady.FramesPerSecond)),
                Most("p99 age of changes, steady, beside bare SignalR", AgeFactorMax, Mean(ours, r => P99(r.Steady)), Mean(bare, r => P99(r.Steady))),
                Most("p99 age of changes, flood, beside bare SignalR", AgeFactorMax, Mean(ours, r => P99(r.Flood)), Mean(bare, r => P99(r.Flood))),
                Most("memory of a client beside bare SignalR", MemoryFactorMax, ours[0].UsedBytes, bare[0].UsedBytes),
                Zero("clients that did not come", missing),
                Zero("gaps", gaps),
                Zero("connections broken by the product", breaks),
                new Verdict("wrong states", "= 0", $"{judge.Wrong.Count} of {judge.Compared}", judge.Wrong.Count == 0 && judge.Compared > 0),
            ]);
    }

    private static IEnumerable<string> Notes =>
    [
        "Both servers run all the time and get the same clients in turn. A frame is one message on the wire; a change is one frame as it was made: the product merges for a client that is behind, the bare hub queues.",
        "Ages run from the making of a change to its arrival at a client; every part of a merged frame counts with its own age. Memory is the resident set after forced collections, in the first round, by clients.",
    ];

    private static IEnumerable<GridMesh.Load.Measuring.LatencySummary> Ages(FanoutRound round, int number) =>
    [
        round.Steady.Tally.ChangeAges.Summarise($"{number} {round.Side}, steady: change -> client"),
        round.Flood.Tally.ChangeAges.Summarise($"{number} {round.Side}, flood: change -> client"),
        round.Flood.Tally.Ages.Summarise($"{number} {round.Side}, flood: frame -> client"),
    ];

    private static ReportTable Table(string name, IReadOnlyList<FanoutRound> rounds, Func<FanoutRound, FanoutPhase> phase) => new(
        $"{name}: rounds in turn, bare SignalR first, then the product",
        ["frames/s", "changes/s", "bytes/frame", "server us/frame", "clients us/frame", "gaps", "broken"],
        [.. rounds.Select(phase).Select(p => (IReadOnlyList<double>)
        [
            p.FramesPerSecond, p.ChangesPerSecond, p.BytesPerFrame, p.CpuMicrosPerFrame ?? 0, p.OwnCpuMicrosPerFrame, p.Tally.Gaps, p.Tally.Breaks,
        ])]);

    private static ReportTable Memory(IReadOnlyList<FanoutRound> rounds) => new(
        "connections, in the same order",
        ["seconds until all were current", "KB a client, idle", "KB a client, after the steady phase"],
        [.. rounds.Select(round => (IReadOnlyList<double>)
            [round.ComeSeconds, (round.IdleBytes ?? 0) / Kilobyte, (round.UsedBytes ?? 0) / Kilobyte])]);

    private static double P99(FanoutPhase phase) => phase.Tally.ChangeAges.Percentile(0.99).TotalMilliseconds;

    private static double Mean(IEnumerable<FanoutRound> rounds, Func<FanoutRound, double> value) => rounds.Average(value);

    private static Verdict Least(string name, double share, double ours, double bare) => new(
        name, $">= {share}", $"{ours:F0} / {bare:F0} = {ours / bare:F2}", bare > 0 && ours / bare >= share);

    private static Verdict Most(string name, double factor, double? ours, double? bare) => ours is { } o && bare is { } b
        ? new Verdict(name, $"<= {factor}", $"{o:F0} / {b:F0} = {o / b:F2}", b > 0 && o / b <= factor)
        : new Verdict(name, $"<= {factor}", "not measured: give --pid of a process of this machine", false);

    private static Verdict Zero(string name, long count) => new(name, "= 0", $"{count}", count == 0);
}
