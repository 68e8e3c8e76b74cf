using GridMesh.Load.People;
using GridMesh.Load.Reports;
using GridMesh.Load.Running;
using GridMesh.Load.Scenarios;

namespace GridMesh.Load.Districts;

/// <summary>
/// One district of a million people: <c>district</c> lives a whole day in minutes, <c>soak</c> the busy hour for as long
/// as is asked, and looks whether memory and handles stay flat.
/// </summary>
internal sealed class DistrictScenario(DistrictOptions options, ScenarioContext context)
{
    public const string Day = "district";
    public const string Soak = "soak";

    private const double WallP99MaxMs = 250;

    /// <summary>A district with all its actors, in the product's process.</summary>
    private const double MemoryMaxMb = 300;

    /// <summary>Most that the last quarter may be above the second.</summary>
    private const double GrowthMax = 1.1;

    private static readonly TimeSpan s_completion = TimeSpan.FromSeconds(15);

    private readonly bool _isSoak = options.Scenario == Soak;

    public async Task<Report> RunAsync(CancellationToken cancellation)
    {
        await using var stage = await PeopleStage.SetUpAsync(1, options.Phones, options, context, cancellation);
        var product = stage.Product.Run;
        using var sampling = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var handles = new Handles(product.ProcessId!.Value, context.Time).RunAsync(sampling.Token);
        var day = _isSoak ? PeopleDay.Busy(options.Duration) : PeopleDay.Whole(options.Duration);
        var result = await new LoadTest(options.Scenario, product, context) { Completion = s_completion }.RunAsync(
            ScenariosOf(stage.Load, day), cancellation);
        await sampling.CancelAsync();
        await product.StopAsync();
        return LoadReport.Compose(
            options.Scenario, product, result, Settings(), Findings(stage, result, await handles), context);
    }

    private static ScenarioProps[] ScenariosOf(PeopleLoad load, PeopleDay day) =>
    [
        load.TellPositions(day).WithThresholds(Threshold.Create(stats => stats.Ok.Request.Count > 0 && stats.Fail.Request.Count == 0)),
        load.OpenDoors(day).WithThresholds(Threshold.Create(stats => stats.Ok.Request.Count > 0 && stats.Fail.Request.Count == 0)),
        load.ReportCases(day).WithThresholds(
            Threshold.Create(stats => stats.Ok.Latency.Percent99 < WallP99MaxMs),
            Threshold.Create(stats => stats.Ok.Request.Count > 0 && stats.Fail.Request.Count == 0)),
        load.CloseCases(day).WithThresholds(Threshold.Create(stats => stats.Fail.Request.Count == 0)),
    ];

    private LoadFindings Findings(PeopleStage stage, LoadResult result, IReadOnlyList<int> handles)
    {
        var memory = Handles.MemoryOf(result, "product");
        var gaps = stage.Onlookers.Gaps;
        List<Verdict> verdicts = [new Verdict("frames that did not fit", "= 0", $"{gaps}", gaps == 0)];
        List<Figure> figures =
        [
            new Figure("start to the right numbers", stage.Product.Start.TotalSeconds, "s"),
            new Figure("walls and phones", stage.Onlookers.Count, ""),
            new Figure("frames received", stage.Onlookers.Frames, ""),
        ];
        if (_isSoak)
        {
            Flat("memory", Handles.Growth(memory));
            Flat("handles", Handles.Growth([.. handles.Select(count => (double)count)]));
        }
        else if (memory.Count > 0)
        {
            verdicts.Add(new Verdict("product: memory, most", $"< {MemoryMaxMb} MB", $"{memory.Max():F0} MB", memory.Max() < MemoryMaxMb));
        }

        return new LoadFindings { Figures = figures, Verdicts = verdicts };

        void Flat(string what, double? growth)
        {
            var found = growth is { } g ? $"{g:F3}" : "not enough samples";
            verdicts.Add(new Verdict($"{what}, last quarter to second", $"<= {GrowthMax}", found, growth <= GrowthMax));
        }
    }

    private Dictionary<string, string> Settings() => new()
    {
        ["duration"] = _isSoak ? $"{options.Duration.TotalSeconds} s of the busy hour" : $"a day in {options.Duration.TotalSeconds} s",
        ["position of a worker"] = $"every {PeopleRates.PositionEvery.TotalSeconds} s, one request each",
        ["door events"] = $"{PeopleRates.DoorsPerSecond}/s, {PeopleRates.DoorsPerRequest} a request",
        ["cases"] = $"{PeopleRates.CasesPerSecond}/s",
        ["phones"] = $"{options.Phones}",
        ["seed"] = $"{options.Seed}",
    };
}
