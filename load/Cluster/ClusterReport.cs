using GridMesh.Load.Kills;
using GridMesh.Load.Products;
using GridMesh.Load.Reports;
using GridMesh.Load.Scenarios;

namespace GridMesh.Load.Cluster;

/// <summary>Everything that was found, for one report.</summary>
internal sealed record ClusterFindings(
    IReadOnlyList<PhaseResult> Phases, IReadOnlyList<Settlement> Settlements, IReadOnlyList<Fault> Faults, Drained Drained,
    Joined Joined, IReadOnlyList<Ledger> Ledgers, SiloBuild Build);

/// <summary>Sums the phases and faults up and judges them.</summary>
internal static class ClusterReport
{
    /// <summary>Longest time from a kill until every wall is right, in seconds.</summary>
    public const double KillSecondsMax = 15;

    public static Report Compose(ClusterOptions options, ScenarioContext context, ClusterFindings findings) => context.Report(
        ClusterScenario.Name,
        new Dictionary<string, string>
        {
            ["engine"] = findings.Build.Engine,
            ["commit"] = findings.Build.Commit,
            ["storage"] = "Postgres",
            ["silos"] = $"{options.Silos}",
            ["gateways"] = $"{options.Gateways}",
            ["demo speed"] = $"{options.Speed}, running all the time",
            ["rate"] = $"{options.Rate}/s",
            ["duration"] = $"{options.Duration.TotalSeconds} s",
            ["callers"] = $"{options.Callers}",
            ["area"] = options.Area,
            ["seed"] = $"{options.Seed}",
        },
        [.. findings.Phases.SelectMany(phase => phase.Latencies)],
        [.. findings.Phases.SelectMany(FiguresOf), .. findings.Faults.SelectMany(FiguresOf), .. FiguresOf(findings)],
        [TableOf(findings.Faults)],
        [.. NotesOf(findings)],
        [.. Judge(findings)]);

    /// <summary>What is asked of the product.</summary>
    public static IEnumerable<Verdict> Judge(ClusterFindings findings)
    {
        var lost = findings.Settlements.Sum(settlement => settlement.Lost);
        var wrong = findings.Settlements.Sum(settlement => settlement.Wrong);
        var missing = findings.Phases.Sum(phase => phase.Missing);
        var acknowledged = findings.Settlements.Sum(settlement => settlement.Acknowledged);
        var clean = findings.Settlements.Count(settlement => settlement.IsClean);
        var inOrder = findings.Settlements.Sum(settlement => settlement.NotInOrder.Count);
        yield return None("acknowledged commands lost", lost);
        yield return None("commands without an answer at first that are not there exactly once", wrong);
        yield return None("acknowledged cases that never came to a wall", missing);
        yield return new Verdict("commands acknowledged", "> 0", $"{acknowledged}", acknowledged > 0);
        yield return new Verdict("verify clean", $"= {findings.Settlements.Count}", $"{clean}", clean == findings.Settlements.Count);
        yield return None("processes that did not stop in order", inOrder);
        foreach (var fault in findings.Faults)
        {
            yield return RightAfter(fault);
        }

        yield return Yes("drain: red before the end", findings.Drained.WasRed);
        yield return Yes("drain: exit code 0", findings.Drained.InOrder);
        yield return Yes("a new silo: carries its share", findings.Joined.ShareSeconds is not null);
    }

    private static Verdict RightAfter(Fault fault)
    {
        var (seconds, isKill) = (fault.Walls.All, fault.Name.StartsWith("kill", StringComparison.Ordinal));
        return new Verdict(
            $"{fault.Name}: walls right after", isKill ? $"<= {KillSecondsMax} s" : $"<= {Watchers.Patience.TotalSeconds} s after it was done",
            seconds is { } found ? $"{found:F1} s" : "never",
            seconds is not null && (!isKill || seconds <= KillSecondsMax));
    }

    private static IEnumerable<Figure> FiguresOf(PhaseResult phase) =>
    [
        new($"{phase.Name}: lifecycles", phase.LifecyclesPerSecond, "/s"),
        new($"{phase.Name}: commands of lifecycles", phase.CommandsPerSecond, "/s"),
        new($"{phase.Name}: reports refused, unanswered or skipped", phase.Refused, ""),
        new($"{phase.Name}: load average of the machine", phase.MachineLoad ?? -1, ""),
    ];

    private static IEnumerable<Figure> FiguresOf(Fault fault) =>
    [
        new($"{fault.Name}: done", fault.DoneSeconds, "s"),
        new($"{fault.Name}: every grid answers", fault.SweptSeconds ?? -1, "s"),
        new($"{fault.Name}: district's walls right", fault.Walls.District ?? -1, "s"),
        new($"{fault.Name}: grids' walls right", fault.Walls.Grids ?? -1, "s"),
        new($"{fault.Name}: last failed attempt", fault.LastFailureSeconds, "s"),
        new($"{fault.Name}: attempts failed", fault.Timeline.Failed, ""),
        new($"{fault.Name}: commands answered", fault.Timeline.Answered, ""),
        new($"{fault.Name}: slowest command", fault.Timeline.Slowest.TotalSeconds, "s"),
        new($"{fault.Name}: watched grids that moved", fault.Moved, ""),
    ];

    private static IEnumerable<Figure> FiguresOf(ClusterFindings findings) =>
    [
        new("a new silo: ready", findings.Joined.ReadySeconds, "s"),
        new("a new silo: carries its share", findings.Joined.ShareSeconds ?? -1, "s"),
        new("a new silo: grids on it then", findings.Joined.Grids, ""),
        new("commands acknowledged and looked up", findings.Settlements.Sum(settlement => settlement.Acknowledged), ""),
        new("commands sent more than once", findings.Settlements.Sum(settlement => settlement.Retried), ""),
        new("verify, the last", findings.Settlements[^1].VerifySeconds, "s"),
    ];

    private static ReportTable TableOf(IReadOnlyList<Fault> faults) => new(
        "seconds around each change",
        ["change", "second", "answered", "failed", "slowest ms"],
        [.. faults.SelectMany((fault, number) => fault.Timeline.Seconds.Select(second =>
            (double[])[number, second.Number, second.Answered, second.Failed, second.Slowest.TotalMilliseconds]))]);

    private static IEnumerable<string> NotesOf(ClusterFindings findings)
    {
        yield return $"changes: {string.Join(", ", findings.Faults.Select((fault, number) => $"{number} {fault.Name}"))}; -1 means never";
        yield return $"seconds count from the beginning of a change; a drain serves on for {Mesh.DrainSeconds} s first";
        foreach (var fault in findings.Faults.Where(fault => fault.Timeline.Codes.Count > 0))
        {
            yield return $"{fault.Name}: {string.Join(", ", fault.Timeline.Codes.Select(code => $"{code.Value} x {code.Key}"))}";
        }

        foreach (var refusal in findings.Ledgers.SelectMany(ledger => ledger.Refused).GroupBy(refusal => refusal.Key))
        {
            yield return $"refused: {refusal.Sum(each => each.Value)} x {refusal.Key}";
        }

        foreach (var name in findings.Settlements.SelectMany(settlement => settlement.NotInOrder))
        {
            yield return $"did not stop in order: {name}";
        }
    }

    private static Verdict None(string name, int found) => new(name, "= 0", $"{found}", found == 0);

    private static Verdict Yes(string name, bool isSo) => new(name, "yes", isSo ? "yes" : "no", isSo);
}
