namespace GridMesh.Load.People;

internal sealed record PeopleOptions : StoreOptions
{
    [Asked("Districts of each step, a million people each, going up: such as 1,2,5,10,20. 每一步的区划数。", 1, 50)]
    public IReadOnlyList<int> Districts { get; init; } = [1, 2, 5, 10, 20];

    [Asked("Goes on after a step that broke, to see how far it bends. 未达标也继续。")]
    public bool GoOn { get; init; }

    [Asked("Seconds of each step. 每步时长（秒）。", 0, 3_600)]
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(60);

    public override IEnumerable<string> Problems() =>
        Districts.Zip(Districts.Skip(1)).Any(pair => pair.First >= pair.Second)
        ? ["--districts has to go up"]
        : Connection is not null && Districts.Count > 1 ? ["--connection has room for one of --districts"] : [];
}

/// <summary>Adds districts of a million until a threshold breaks, each step on a fresh silo.</summary>
internal sealed class PeopleScenario(PeopleOptions options, LoadContext context)
{
    private const double FailedPerMilleMax = 1;

    private static readonly string[] s_columns =
    [
        "districts", "workers", "import s", "start s", "idle MB", "busy MB", "CPU %", "load CPU %", "positions/s",
        "position p99 ms", "wall p50 ms", "wall p99 ms", "failed", "gaps",
    ];

    private readonly List<IReadOnlyList<double>> _rows = [];
    private readonly List<string> _notes = [];

    public async Task<Report> RunAsync(CancellationToken cancellation)
    {
        var (carried, last) = (0, context.Report());
        foreach (var count in options.Districts)
        {
            last = await StepAsync(count, cancellation);
            var broken = last.Thresholds.Where(verdict => !verdict.IsMet)
                .Select(verdict => $"{verdict.Name} {verdict.Wanted}: {verdict.Found}").ToArray();
            carried = broken.Length == 0 ? count : carried;
            _notes.Add(
                $"{count} districts: {(broken.Length == 0 ? "nothing broke" : $"broke: {string.Join("; ", broken)}")}");
            context.Say(_notes[^1]);
            if (last.IsCancelled || (broken.Length > 0 && !options.GoOn))
                break;
        }

        // The last step in full, and a row for each.
        last.Figures.Insert(0, new Figure("people carried", carried, "million"));
        last.Tables.Insert(0, new ReportTable("people", s_columns, _rows));
        last.Notes.AddRange(_notes);
        return last;
    }

    private async Task<Report> StepAsync(int count, CancellationToken cancellation)
    {
        var stage = await new PeopleStage(count, options, context).RunAsync(
            PeopleDay.Busy(options.Duration), Threshold.FailedPerMille(FailedPerMilleMax), cancellation);
        var report = stage.Report;
        var (positions, reports) = (report.Of(PeopleLoad.Positions), report.Of(PeopleLoad.Reports));
        double[] row =
        [
            count, stage.Workers, stage.Import.TotalSeconds, stage.Start.TotalSeconds, stage.IdleMb,
            report.ValueOf("product: memory, most"), report.ValueOf("product: processor, mean"),
            report.ValueOf("this program: processor, mean"), positions.OkPerSecond, positions.P99Ms, reports.P50Ms,
            reports.P99Ms, stage.Failed, stage.Gaps,
        ];
        _rows.Add([.. row.Select(value => Math.Round(value, 1))]);
        return report;
    }
}
