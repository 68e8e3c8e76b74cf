namespace GridMesh.Load.Reports;

internal sealed record Figure(string Name, double Value, string Unit);

/// <param name="Wanted">For example <c>= 0</c> or <c>&lt; 1000 ms</c>.</param>
internal sealed record Verdict(string Name, string Wanted, string Found, bool IsMet)
{
    public static Verdict Zero(string name, long found) => Equal(name, 0, found);

    public static Verdict Equal(string name, long wanted, long found) =>
        new(name, $"= {wanted}", $"{found}", found == wanted);

    public static Verdict Yes(string name, bool isSo) => new(name, "yes", isSo ? "yes" : "no", isSo);

    public static Verdict AtMost(string name, double most, double found, string unit) =>
        new(name, $"<= {most} {unit}", $"{found:F1} {unit}", found <= most);
}

/// <summary>Rows of numbers, for example one for each round.</summary>
/// <param name="Names">What stands before each row; null where numbers say it.</param>
internal sealed record ReportTable(
    string Name, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<double>> Rows,
    IReadOnlyList<string>? Names = null);

/// <summary>Where it ran; figures mean nothing without it.</summary>
internal sealed record Machine(
    string System, string Runtime, int Cores, double MemoryMb, double? LoadAtStart, double? LoadAtEnd);

/// <param name="Commit">Of the product's sources; uncommitted changes do not show.</param>
internal sealed record Subject(string Commit, string Engine, string Storage, string Durability);

/// <summary>A step, a whole scenario or another crowd of durations over the run, in milliseconds.</summary>
/// <param name="Name">The scenario, or scenario / step.</param>
internal sealed record LoadFigures(
    string Name, long Ok, long Failed, double OkPerSecond, double MinMs, double MeanMs, double P50Ms, double P75Ms,
    double P95Ms, double P99Ms, double MaxMs, long Bytes, IReadOnlyList<CodeFigure> Codes)
{
    public static LoadFigures Of(string name, HistogramBase durations, TimeSpan span = default) => new(
        name, durations.TotalCount, 0, span > TimeSpan.Zero ? durations.TotalCount / span.TotalSeconds : 0,
        durations.Ms(0), durations.TotalCount == 0 ? 0 : durations.GetMean() / 1_000, durations.Ms(50),
        durations.Ms(75), durations.Ms(95), durations.Ms(99), durations.Ms(100), 0, []);
}

internal sealed record CodeFigure(string Code, bool IsError, long Count, string Message);

/// <summary>What a scenario did in one interval, or a process at one moment.</summary>
/// <param name="At">Seconds since measuring began, at the interval's end.</param>
internal sealed record TimePoint(double At, IReadOnlyDictionary<string, double> Values);

internal sealed record TimeLine(string Name, IReadOnlyList<TimePoint> Points);

internal sealed class Report(string scenario, DateTimeOffset startedAt, IReadOnlyDictionary<string, string> settings)
{
    public string Scenario => scenario;
    public bool IsMet => Thresholds.TrueForAll(threshold => threshold.IsMet);

    /// <summary>It was ended before its time, so whatever the thresholds say is about a part.</summary>
    public bool IsCancelled { get; set; }
    public DateTimeOffset StartedAt => startedAt;
    public double Seconds { get; set; }
    public Machine? Machine { get; set; }
    public Subject? Subject { get; set; }
    public IReadOnlyDictionary<string, string> Settings => settings;
    public List<LoadFigures> Loads { get; } = [];
    public List<Figure> Figures { get; } = [];
    public List<ReportTable> Tables { get; } = [];
    public List<string> Notes { get; } = [];
    public List<Verdict> Thresholds { get; } = [];
    public List<TimeLine> Timelines { get; } = [];
    public List<TimeLine> Processes { get; } = [];

    public IEnumerable<(string Title, string[] Columns, string[][] Rows)> Sections() =>
    [
        ("Thresholds 阈值", ["", "wanted 要求", "found 结果", ""],
            [.. Thresholds.Select(one => new[] { one.Name, one.Wanted, one.Found, one.IsMet ? "ok" : "MISSED" })]),
        ("Scenarios and steps, in ms 场景与步骤（毫秒）",
            ["", "ok 成功", "failed 失败", "/s", "min", "mean", "p50", "p75", "p95", "p99", "max", "MB"],
            [.. Loads.Select(load => (string[])
            [
                load.Name,
                .. new[]
                {
                    load.Ok, load.Failed, load.OkPerSecond, load.MinMs, load.MeanMs, load.P50Ms, load.P75Ms,
                    load.P95Ms, load.P99Ms, load.MaxMs, load.Bytes / 1e6,
                }.Select(Number),
            ])]),
        ("Figures 数据", ["", "", ""], [.. Figures.Select(one => new[] { one.Name, Number(one.Value), one.Unit })]),
        .. Tables.Select(table => (table.Name, (string[])["", .. table.Columns], table.Rows.Select(
            (row, i) => (string[])[table.Names?.ElementAtOrDefault(i) ?? "", .. row.Select(Number)]).ToArray())),
        ("Notes 备注", [""], [.. Notes.Select(note => new[] { note })]),
    ];

    public void Add(string name, double value, string unit = "") => Figures.Add(new Figure(name, value, unit));

    /// <summary>Figures of a scenario or of scenario / step; the first of that name.</summary>
    public LoadFigures Of(string name) => Loads.First(load => load.Name == name);

    /// <summary>0 where it is not known.</summary>
    public double ValueOf(string figure) => Figures.FirstOrDefault(one => one.Name == figure)?.Value ?? 0;

    public void Take(Scenario ran, ScenarioFigures figures)
    {
        Loads.AddRange(figures.Every);
        Notes.AddRange(
            from load in figures.Every
            from code in load.Codes
            where code.IsError
            select $"{load.Name}: {code.Count} x {code.Code}{(code.Message.Length > 0 ? $" ({code.Message})" : "")}");
        Thresholds.AddRange(ran.Thresholds.Select(threshold => threshold.Decide(figures)));
    }

    private static string Number(double value) => value.ToString("#,0.##", CultureInfo.InvariantCulture);
}
