using System.Collections.Concurrent;

namespace GridMesh.Load.Running;

/// <summary>
/// Takes what ended alike, well or badly, of a step or a scenario, and tells it by interval and as a whole.
/// </summary>
internal sealed class Measurement
{
    private readonly Recorder _recorder = new(
        1, 1L << 32, 2, (_, low, high, digits) => new LongConcurrentHistogram(low, high, digits));
    private readonly HistogramBase _all = Durations.Create();
    private readonly ConcurrentDictionary<string, (string Message, long Count)> _codes = new();
    private long _bytes;

    public void Record(IResponse response, TimeSpan took)
    {
        _recorder.RecordValue(Math.Clamp(took.Ticks / TimeSpan.TicksPerMicrosecond, 0, 1L << 32));
        if (response.SizeBytes > 0)
            Interlocked.Add(ref _bytes, response.SizeBytes);
        if (response.StatusCode.Length > 0)
            _codes.AddOrUpdate(
                response.StatusCode, static (_, message) => (message, 1),
                static (_, seen, _) => (seen.Message, seen.Count + 1),
                response.Message);
    }

    /// <summary>What came since the last call. One reader at a time.</summary>
    public MeasurementStats TakeInterval(TimeSpan span)
    {
        var interval = _recorder.GetIntervalHistogram();
        _all.Add(interval);
        return StatsOf(interval, span, 0, []);
    }

    /// <summary>All of it; the last interval has to be taken before.</summary>
    public MeasurementStats Total(TimeSpan span) => StatsOf(
        _all, span, Interlocked.Read(ref _bytes),
        [.. _codes.OrderByDescending(code => code.Value.Count)
            .Select(code => new StatusCodeStats(code.Key, code.Value.Message, code.Value.Count))]);

    private static MeasurementStats StatsOf(HistogramBase of, TimeSpan span, long bytes, StatusCodeStats[] codes) =>
        new(
        new RequestStats(of.TotalCount, span > TimeSpan.Zero ? of.TotalCount / span.TotalSeconds : 0),
        new LatencyStats(
            of.Ms(0), of.TotalCount == 0 ? 0 : of.GetMean() / 1_000, of.Ms(100), of.Ms(50), of.Ms(75), of.Ms(95),
            of.Ms(99)),
        bytes, codes);
}

/// <summary>
/// All that is measured of a scenario: its iterations and its steps. That of a warm-up is read by nobody.
/// </summary>
internal sealed class Measures(string scenario)
{
    /// <summary>Most steps of a scenario: a step's name must not hold what varies.</summary>
    public const int StepsMax = 100;

    private readonly (Measurement Ok, Measurement Fail) _iterations = (new(), new());
    private readonly ConcurrentDictionary<string, (Measurement Ok, Measurement Fail, int Order)> _steps = new();

    public void Record(IResponse response, TimeSpan took) =>
        (response.IsError ? _iterations.Fail : _iterations.Ok).Record(response, took);

    public void RecordStep(string name, IResponse response, TimeSpan took)
    {
        if (!_steps.TryGetValue(name, out var step))
        {
            step = _steps.Count < StepsMax
                ? _steps.GetOrAdd(name, static (_, order) => (new(), new(), order), _steps.Count)
                : throw new InvalidOperationException($"scenario {scenario} has more than {StepsMax} steps");
        }

        (response.IsError ? step.Fail : step.Ok).Record(response, took);
    }

    public ScenarioStats TakeInterval(TimeSpan span) => Stats(measurement => measurement.TakeInterval(span));

    public ScenarioStats Total(TimeSpan span)
    {
        TakeInterval(span);
        return Stats(measurement => measurement.Total(span));
    }

    private ScenarioStats Stats(Func<Measurement, MeasurementStats> of) => new(
        scenario, of(_iterations.Ok), of(_iterations.Fail),
        [.. _steps.OrderBy(step => step.Value.Order)
            .Select(step => new StepStats(step.Key, of(step.Value.Ok), of(step.Value.Fail)))]);
}
