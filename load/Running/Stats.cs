namespace GridMesh.Load.Running;

/// <summary>What was measured of a scenario, over the whole run or over an interval.</summary>
internal sealed record ScenarioStats(
    string ScenarioName, MeasurementStats Ok, MeasurementStats Fail, IReadOnlyList<StepStats> StepStats);

internal sealed record StepStats(string StepName, MeasurementStats Ok, MeasurementStats Fail);

/// <summary>Figures of what ended alike, well or badly.</summary>
internal sealed record MeasurementStats(
    RequestStats Request, LatencyStats Latency, long AllBytes, IReadOnlyList<StatusCodeStats> StatusCodes);

/// <param name="RPS">A second, over the whole run or the interval.</param>
internal sealed record RequestStats(long Count, double RPS);

/// <summary>Milliseconds, at most 1 % too high.</summary>
internal sealed record LatencyStats(
    double MinMs, double MeanMs, double MaxMs, double Percent50, double Percent75, double Percent95, double Percent99);

/// <param name="Message">The first one that came with this code.</param>
internal sealed record StatusCodeStats(string StatusCode, string Message, long Count);
