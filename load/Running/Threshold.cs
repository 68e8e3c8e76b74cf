namespace GridMesh.Load.Running;

/// <summary>What is asked of a scenario, or of one of its steps, over the whole run.</summary>
/// <param name="Found">What came out, and whether it will do.</param>
internal sealed record Threshold(string Step, string Wanted, Func<LoadFigures, (string Text, bool IsMet)> Found)
{
    public static readonly Threshold NoneFails = new("", "none fails", of => (Failures(of), of.Failed == 0));

    public static readonly Threshold AllGoWell =
        new("", "some, and none fails", of => (Failures(of), of.Ok > 0 && of.Failed == 0));

    public static Threshold FailedPerMille(double most) =>
        new("", $"<= {most} of 1000 fail", of => (Failures(of), of.Failed * 1_000 <= of.Ok * most));

    public static Threshold P95(double belowMs, string step = "") => Below(step, "p95", belowMs, of => of.P95Ms);

    public static Threshold P99(double belowMs, string step = "") => Below(step, "p99", belowMs, of => of.P99Ms);

    public Verdict Decide(ScenarioFigures figures)
    {
        var name = Step.Length > 0 ? ScenarioFigures.NameOf(figures.All.Name, Step) : figures.All.Name;
        var (text, isMet) = figures.Every.FirstOrDefault(one => one.Name == name) is { } of
            ? Found(of) : ("never ran", false);
        return new Verdict(name, Wanted, text, isMet);
    }

    private static Threshold Below(string step, string what, double ms, Func<LoadFigures, double> read) => new(
        step, $"{what} < {ms} ms",
        of => (string.Create(CultureInfo.InvariantCulture, $"{what} {read(of):0.##} ms"), read(of) < ms));

    private static string Failures(LoadFigures of) => $"{of.Failed} of {of.Ok + of.Failed} failed";
}
