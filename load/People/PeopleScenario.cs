using GridMesh.Load.Reports;
using GridMesh.Load.Running;
using GridMesh.Load.Scenarios;

namespace GridMesh.Load.People;

/// <summary>
/// How many people this machine carries, the load included: adds districts of a million until a threshold breaks, each
/// step on a fresh silo, and says what broke. On the way it tells what a district costs as they grow in number.
/// </summary>
internal sealed class PeopleScenario(PeopleOptions options, ScenarioContext context)
{
    public const string Name = "people";

    /// <summary>Most milliseconds from a report to the district's wall for 99 of 100 cases.</summary>
    private const double WallP99MaxMs = 250;

    /// <summary>Most of a thousand positions that may not be taken.</summary>
    private const double FailedPerMilleMax = 1;

    /// <summary>After so long without its card a case is lost.</summary>
    private static readonly TimeSpan s_completion = TimeSpan.FromSeconds(15);

    private readonly PeopleDay _day = PeopleDay.Busy(options.Duration);
    private readonly List<PeopleStep> _steps = [];
    private Report? _last;

    public async Task<Report> RunAsync(CancellationToken cancellation)
    {
        foreach (var count in options.Districts)
        {
            var step = await StepAsync(count, cancellation);
            _steps.Add(step);
            context.Say($"{count} districts, {step.Workers} workers: {step.Positions:F0} positions/s, wall p99 {step.WallP99Ms:F0} ms, processor {step.CpuPercent:F0} + {step.LoadCpuPercent:F0} %{(step.Broken.Count == 0 ? "" : $"; broke: {string.Join("; ", step.Broken)}")}");
            if (_last!.IsCancelled || (step.Broken.Count > 0 && !options.GoesOn))
            {
                break;
            }
        }

        return Compose();
    }

    private async Task<PeopleStep> StepAsync(int count, CancellationToken cancellation)
    {
        await using var stage = await PeopleStage.SetUpAsync(count, options.Phones, options, context, cancellation);
        var result = await new LoadTest(Name, stage.Product.Run, context) { Completion = s_completion }.RunAsync(
            ScenariosOf(stage.Load), cancellation);
        await stage.Product.Run.StopAsync();
        return Sum(count, stage.Load.Workers, stage.Product, stage.Onlookers, result);
    }

    private ScenarioProps[] ScenariosOf(PeopleLoad load) =>
    [
        load.TellPositions(_day).WithThresholds(
            Threshold.Create(stats => stats.Fail.Request.Count * 1_000 <= stats.Ok.Request.Count * FailedPerMilleMax)),
        load.OpenDoors(_day).WithThresholds(Threshold.Create(stats => stats.Fail.Request.Count == 0)),
        load.ReportCases(_day).WithThresholds(
            Threshold.Create(stats => stats.Ok.Latency.Percent99 < WallP99MaxMs),
            Threshold.Create(stats => stats.Ok.Request.Count > 0 && stats.Fail.Request.Count == 0)),
        load.CloseCases(_day).WithThresholds(Threshold.Create(stats => stats.Fail.Request.Count == 0)),
    ];

    private PeopleStep Sum(int count, int workers, PeopleProduct product, Onlookers onlookers, LoadResult result)
    {
        var gaps = onlookers.Gaps;
        _last = LoadReport.Compose(
            Name, product.Run, result, Settings(),
            new LoadFindings
            {
                Figures =
                [
                    new Figure("walls and phones", onlookers.Count, ""), new Figure("frames received", onlookers.Frames, ""),
                ],
                Verdicts = [new Verdict("frames that did not fit", "= 0", $"{gaps}", gaps == 0)],
            },
            context);
        ScenarioStats Of(string name) => result.Stats.ScenarioStats.First(stats => stats.ScenarioName == name);
        double Used(string name) => result.ProcessFigures.FirstOrDefault(figure => figure.Name == name)?.Value ?? 0;
        var (positions, reports) = (Of(PeopleLoad.Positions), Of(PeopleLoad.Reports));
        return new PeopleStep(
            count, workers, product.Import, product.Start, product.IdleMb, Used("product: memory, most"),
            Used("product: processor, mean"), Used("this program: processor, mean"), positions.Ok.Request.RPS,
            positions.Ok.Latency.Percent99, reports.Ok.Latency.Percent50, reports.Ok.Latency.Percent99,
            result.Stats.ScenarioStats.Sum(stats => (long)stats.Fail.Request.Count), gaps,
            [.. _last.Thresholds.Where(verdict => !verdict.IsMet).Select(verdict => $"{verdict.Name} {verdict.Wanted}: {verdict.Found}")]);
    }

    private Dictionary<string, string> Settings() => new()
    {
        ["districts"] = string.Join(',', options.Districts),
        ["duration"] = $"{options.Duration.TotalSeconds} s",
        ["position of a worker"] = $"every {PeopleRates.PositionEvery.TotalSeconds} s, one request each",
        ["door events"] = $"{PeopleRates.DoorsPerSecond}/s a district, {PeopleRates.DoorsPerRequest} a request",
        ["cases"] = $"{PeopleRates.CasesPerSecond}/s a district",
        ["phones"] = $"{options.Phones} a district",
        ["seed"] = $"{options.Seed}",
    };

    /// <summary>The last step in full, and a row for each.</summary>
    private Report Compose()
    {
        var carried = _steps.LastOrDefault(step => step.Broken.Count == 0)?.Districts ?? 0;
        var broke = _steps.FirstOrDefault(step => step.Broken.Count > 0);
        return _last! with
        {
            Tables = [new ReportTable("people", PeopleStep.Columns, [.. _steps.Select(step => step.Row)]), .. _last.Tables],
            Figures = [new Figure("people carried", carried, "million"), .. _last.Figures],
            Notes =
            [
                .. _last.Notes,
                broke is null
                    ? $"nothing broke up to {carried} districts"
                    : $"at {broke.Districts} districts broke: {string.Join("; ", broke.Broken)}",
            ],
        };
    }
}
