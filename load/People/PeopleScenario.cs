namespace GridMesh.Load.People;

internal sealed record PeopleOptions : StoreOptions
{
    [Asked("Districts of each step, a million people each, going up: such as 1,2,5,10,20. 每一步的区划数。", 1, 50)]
    public IReadOnlyList<int> Districts { get; init; } = [1, 2, 5, 10, 20];

    [Asked("Phones that watch their grid, for each district. 每区手机数。", 0, 1_000)]
    public int Phones { get; init; } = 20;

    [Asked("Goes on after a step that broke, to see how far it bends. 未达标也继续。")]
    public bool GoOn { get; init; }

    [Asked("Seconds of each step. 每步时长（秒）。", 0, 3_600)]
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(60);

    public override IEnumerable<string> Problems() =>
        Districts.Zip(Districts.Skip(1)).Any(pair => pair.First >= pair.Second)
        ? [.. base.Problems(), "--districts has to go up"]
        : base.Problems();
}

/// <summary>
/// How many people this machine carries, the load included: adds districts of a million until a threshold breaks, each
/// step on a fresh silo, and says what broke. On the way it tells what a district costs as they grow in number.
/// </summary>
internal sealed class PeopleScenario(PeopleOptions options, LoadContext context)
{
    public const string Name = "people";

    /// <summary>Most of a thousand positions that may not be taken.</summary>
    private const double FailedPerMilleMax = 1;

    private static readonly string[] s_columns =
    [
        "districts", "workers", "import s", "start s", "idle MB", "busy MB", "CPU %", "load CPU %", "positions/s",
        "position p99 ms", "wall p50 ms", "wall p99 ms", "failed", "gaps",
    ];

    private static readonly TimeSpan s_completion = TimeSpan.FromSeconds(15);
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
        await using var stage = await PeopleStage.SetUpAsync(count, options.Phones, options, context, cancellation);
        var scenarios = stage.Load.Scenarios(
            PeopleDay.Busy(options.Duration),
            Threshold.Create(stats => stats.Fail.Request.Count * 1_000 <= stats.Ok.Request.Count * FailedPerMilleMax));
        var result = await new LoadTest(stage.Product, context)
            { Completion = s_completion }.RunAsync(scenarios, cancellation);
        await stage.Product.StopAsync();
        var report = context.Report(stage.Product.Subject);
        report.Take(result);
        report.Add("walls and phones", stage.Onlookers);
        report.Add("frames received", stage.Frames);
        report.Thresholds.Add(Verdict.Zero("frames that did not fit", stage.Gaps));
        var (positions, reports) = (result.Of(PeopleLoad.Positions).Ok, result.Of(PeopleLoad.Reports).Ok.Latency);
        double[] row =
        [
            count, stage.Load.Workers, stage.Product.Import.TotalSeconds, stage.Start.TotalSeconds, stage.IdleMb,
            result.Used("product: memory, most"), result.Used("product: processor, mean"),
            result.Used("this program: processor, mean"),
            positions.Request.RPS, positions.Latency.Percent99, reports.Percent50, reports.Percent99,
            result.Stats.Sum(stats => stats.Fail.Request.Count), stage.Gaps,
        ];
        _rows.Add([.. row.Select(value => Math.Round(value, 1))]);
        return report;
    }
}
