using GridMesh.Load.Clients;
using GridMesh.Load.Measuring;
using GridMesh.Load.Reports;
using GridMesh.Load.Scenarios;

namespace GridMesh.Load.Kills;

/// <summary>Sums the rounds up.</summary>
internal static class KillReport
{
    public static Report Compose(
        KillOptions options, ScenarioContext context, IReadOnlyList<Round> rounds, IReadOnlyList<Ledger> ledgers, int lostAtEnd,
        Histogram latency, Wall wall)
    {
        var lost = rounds.Sum(round => round.Lost);
        var wrong = rounds.Sum(round => round.Wrong);
        var clean = rounds.Count(round => round.IsClean);
        var walls = rounds.Count(round => round.WallSeconds is not null);
        var seconds = rounds.Select(round => round.SnapshotSeconds).OfType<double>().Order().ToArray();
        var acknowledged = rounds.Sum(round => round.Acknowledged);
        return context.Report(
            KillScenario.Name,
            new Dictionary<string, string>
            {
                ["kills"] = $"{options.Kills}",
                ["storage"] = $"{options.Storage}",
                ["concurrency"] = $"{options.Concurrency}",
                ["area"] = options.Area,
                ["seed"] = $"{options.Seed}",
            },
            [latency.Summarise("command -> acknowledged")],
            [
                new Figure("commands acknowledged", acknowledged, ""),
                new Figure("commands acknowledged a second of load", acknowledged / rounds.Sum(round => round.KilledAfter), "/s"),
                new Figure("lost, right after their kill", lost, ""),
                new Figure("lost, at the end", lostAtEnd, ""),
                new Figure("left without an answer", rounds.Sum(round => round.Unanswered), ""),
                new Figure("of these taken all the same", rounds.Sum(round => round.Durable), ""),
                new Figure("of these not there exactly once", wrong, ""),
                new Figure("verify clean", clean, $"of {rounds.Count}"),
                new Figure("process start -> right snapshot, min", seconds.FirstOrDefault(), "s"),
                new Figure("process start -> right snapshot, median", Median(seconds), "s"),
                new Figure("process start -> right snapshot, max", seconds.LastOrDefault(), "s"),
                new Figure("snapshots that were not right", rounds.Sum(round => round.WrongSnapshots), ""),
                new Figure("wall caught up", walls, $"of {rounds.Count}"),
                new Figure("wall: process start -> right, max", rounds.Max(round => round.WallSeconds) ?? 0, "s"),
                new Figure("wall: connections broken", wall.Breaks, ""),
                new Figure("wall: gaps", wall.Gaps, ""),
            ],
            [new ReportTable("rounds", Round.Columns, [.. rounds.Select(round => round.Row)])],
            [.. Refusals(ledgers)],
            [
                None("acknowledged facts lost right after their kill", lost),
                None("acknowledged facts lost at the end", lostAtEnd),
                None("unanswered commands not there exactly once", wrong),
                All("verify clean", clean, rounds.Count),
                All("right snapshot", seconds.Length, rounds.Count),
                All("wall caught up", walls, rounds.Count),
                new Verdict("commands acknowledged", "> 0", $"{acknowledged}", acknowledged > 0),
            ]);
    }

    private static IEnumerable<string> Refusals(IEnumerable<Ledger> ledgers) => ledgers
        .SelectMany(ledger => ledger.Refused).GroupBy(refusal => refusal.Key)
        .Select(refusals => $"refused: {refusals.Sum(refusal => refusal.Value)} x {refusals.Key}");

    /// <summary>The middle value of ordered ones; zero when there is none.</summary>
    public static double Median(double[] ordered) => ordered.Length == 0 ? 0
        : ordered.Length % 2 == 1 ? ordered[ordered.Length / 2]
        : (ordered[(ordered.Length / 2) - 1] + ordered[ordered.Length / 2]) / 2;

    private static Verdict None(string name, int found) => new(name, "= 0", $"{found}", found == 0);

    private static Verdict All(string name, int found, int all) => new(name, $"= {all}", $"{found}", found == all);
}
