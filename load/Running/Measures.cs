namespace GridMesh.Load.Running;

/// <summary>How a step or a scenario ended, by interval and as a whole. Safe for many writers.</summary>
internal sealed class Measures(string name)
{
    private readonly Recorder _recorder = new(
        1, Durations.MicrosMax, Durations.Digits,
        (_, low, high, digits) => new LongConcurrentHistogram(low, high, digits));
    private readonly HistogramBase _all = Durations.Create();
    private readonly ConcurrentDictionary<(string Code, bool IsError), (string Message, long Count)> _codes = new();
    private long _failed;
    private long _failedBefore;
    private long _bytes;

    public void Record(Response response, TimeSpan took)
    {
        if (response.IsError)
            Interlocked.Increment(ref _failed);
        else
            _recorder.RecordValue(Durations.MicrosOf(took));
        Interlocked.Add(ref _bytes, response.Bytes);
        if (response.Code.Length > 0)
            _codes.AddOrUpdate(
                (response.Code, response.IsError), static (_, message) => (message, 1),
                static (_, seen, _) => (seen.Message, seen.Count + 1), response.Message);
    }

    /// <summary>What came since the last call. One reader at a time.</summary>
    public LoadFigures TakeInterval(TimeSpan span)
    {
        var interval = _recorder.GetIntervalHistogram();
        _all.Add(interval);
        var failed = Interlocked.Read(ref _failed);
        var figures = LoadFigures.Of(name, interval, span) with { Failed = failed - _failedBefore };
        _failedBefore = failed;
        return figures;
    }

    public LoadFigures Total(TimeSpan span)
    {
        TakeInterval(span);
        return LoadFigures.Of(name, _all, span) with
        {
            Failed = _failed, Bytes = _bytes,
            Codes = [.. _codes.OrderByDescending(code => code.Value.Count).Select(
                code => new CodeFigure(code.Key.Code, code.Key.IsError, code.Value.Count, code.Value.Message))],
        };
    }
}

/// <param name="Steps">In the order in which they first ended.</param>
internal sealed record ScenarioFigures(LoadFigures All, IReadOnlyList<LoadFigures> Steps)
{
    public IEnumerable<LoadFigures> Every => Steps.Prepend(All);

    public static string NameOf(string scenario, string step) => $"{scenario} / {step}";
}
