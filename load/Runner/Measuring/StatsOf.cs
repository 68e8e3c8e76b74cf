using GridMesh.Load.Runner.Contracts.Stats;

namespace GridMesh.Load.Runner.Measuring;

/// <summary>Turns snapshots into the public figures.</summary>
internal static class StatsOf
{
    private const double MicrosPerMs = 1_000;

    /// <param name="span">How long the snapshot's counts took to come, for rates.</param>
    /// <param name="elapsed">Time since the start.</param>
    public static ScenarioStats Scenario(
        MeasuresSnapshot measures, TimeSpan span, TimeSpan elapsed, int sortIndex, OperationType operation,
        LoadSimulationStats simulation)
    {
        var (ok, fail) = (measures.Iterations.Ok, measures.Iterations.Fail);
        return new ScenarioStats
        {
            ScenarioName = measures.Iterations.Name,
            Ok = Measured(ok, false, ok.Micros.Count + fail.Micros.Count, span),
            Fail = Measured(fail, true, ok.Micros.Count + fail.Micros.Count, span),
            StepStats = [.. measures.Steps.Select(step => Step(step, span))],
            LoadSimulationStats = simulation,
            CurrentOperation = operation,
            AllRequestCount = (int)(ok.Micros.Count + fail.Micros.Count),
            AllOkCount = (int)ok.Micros.Count,
            AllFailCount = (int)fail.Micros.Count,
            AllBytes = ok.Bytes.Sum + fail.Bytes.Sum + measures.Steps.Sum(step => step.Ok.Bytes.Sum + step.Fail.Bytes.Sum),
            Duration = elapsed,
            SortIndex = sortIndex,
        };
    }

    private static StepStats Step(SeriesSnapshot step, TimeSpan span)
    {
        var all = step.Ok.Micros.Count + step.Fail.Micros.Count;
        return new StepStats
        {
            StepName = step.Name,
            Ok = Measured(step.Ok, false, all, span),
            Fail = Measured(step.Fail, true, all, span),
            SortIndex = step.SortIndex,
        };
    }

    private static MeasurementStats Measured(MeasurementSnapshot of, bool isError, long all, TimeSpan span) => new()
    {
        Request = new RequestStats
        {
            Count = (int)of.Micros.Count,
            RPS = span > TimeSpan.Zero ? of.Micros.Count / span.TotalSeconds : 0,
            Percent = Percent(of.Micros.Count, all),
        },
        Latency = Latency(of.Micros),
        DataTransfer = Transfer(of.Bytes),
        StatusCodes =
        [
            .. of.Codes.OrderByDescending(code => code.Value.Count).Select(code => new StatusCodeStats
            {
                StatusCode = code.Key,
                IsError = isError,
                Message = code.Value.Message,
                Count = (int)code.Value.Count,
                Percent = Percent(code.Value.Count, all),
            }),
        ],
    };

    private static int Percent(long count, long all) => all == 0 ? 0 : (int)Math.Round(100d * count / all);

    private static LatencyStats Latency(HistogramSnapshot micros)
    {
        var (quick, fair) = ((int)micros.CountUpTo(800_000), (int)micros.CountUpTo(1_199_999));
        return new LatencyStats
        {
            MinMs = micros.Min / MicrosPerMs,
            MeanMs = micros.Mean / MicrosPerMs,
            MaxMs = micros.Max / MicrosPerMs,
            Percent50 = micros.Percentile(0.50) / MicrosPerMs,
            Percent75 = micros.Percentile(0.75) / MicrosPerMs,
            Percent95 = micros.Percentile(0.95) / MicrosPerMs,
            Percent99 = micros.Percentile(0.99) / MicrosPerMs,
            StdDev = micros.StandardDeviation() / MicrosPerMs,
            LatencyCount = new LatencyCount
            {
                LessOrEq800 = quick, More800Less1200 = fair - quick, MoreOrEq1200 = (int)micros.Count - fair,
            },
        };
    }

    private static DataTransferStats Transfer(HistogramSnapshot bytes) => new()
    {
        MinBytes = bytes.Min,
        MeanBytes = (long)bytes.Mean,
        MaxBytes = bytes.Max,
        Percent50 = bytes.Percentile(0.50),
        Percent75 = bytes.Percentile(0.75),
        Percent95 = bytes.Percentile(0.95),
        Percent99 = bytes.Percentile(0.99),
        StdDev = bytes.StandardDeviation(),
        AllBytes = bytes.Sum,
    };
}
