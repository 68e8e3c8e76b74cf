namespace GridMesh.Load.People;

internal sealed record DistrictOptions : StoreOptions
{
    [Asked("Seconds to measure. 时长（秒）。", 60, 86_400)]
    public TimeSpan Duration { get; init; } = TimeSpan.FromMinutes(6);
}

/// <summary>A million people: <c>district</c> lives a day in minutes, <c>soak</c> the busy hour.</summary>
internal sealed class DistrictScenario(bool isSoak, DistrictOptions options, LoadContext context)
{
    private const double MemoryMaxMb = 300;
    private const double GrowthMax = 1.1;

    public async Task<Report> RunAsync(CancellationToken cancellation)
    {
        var day = isSoak ? PeopleDay.Busy(options.Duration) : PeopleDay.Whole(options.Duration);
        var result = await new PeopleStage(1, options, context)
            .RunAsync(day, Threshold.AllGoWell, cancellation);
        var (report, product) = (result.Report, result.Report.Processes[0].Points);
        report.Add("start to the right numbers", result.Start.TotalSeconds, "s");
        if (isSoak)
        {
            report.Thresholds.Add(IsFlat("memory", [.. product.Select(point => point.Values["memory MB"])]));
            report.Thresholds.Add(IsFlat("handles", [.. product.Select(point => point.Values["handles"])]));
        }
        else
            report.Thresholds.Add(Verdict.AtMost(
                "product: memory, most", MemoryMaxMb, product.Max(point => point.Values["memory MB"]), "MB"));
        return report;
    }

    /// <summary>How the last quarter stands to the second one, after what is built up once: 1 is flat.</summary>
    public static Verdict IsFlat(string what, IReadOnlyList<double> samples)
    {
        var quarter = samples.Count / 4;
        var growth = quarter == 0 ? double.NaN
            : samples.Skip(quarter * 3).Average() / samples.Skip(quarter).Take(quarter).Average();
        return new Verdict($"{what}, last quarter to second", $"<= {GrowthMax}",
            quarter == 0 ? "not enough samples" : $"{growth:F3}", growth <= GrowthMax);
    }
}
