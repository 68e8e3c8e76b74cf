namespace GridMesh.Load.Running;

/// <summary>A scenario as it was described; immutable.</summary>
internal sealed record ScenarioProps(string ScenarioName, Func<IScenarioContext, Task<IResponse>> Run)
{
    /// <summary>Null: no warm-up.</summary>
    public TimeSpan? WarmUpDuration { get; init; } = TimeSpan.FromSeconds(30);
    public IReadOnlyList<LoadSimulation> LoadSimulations { get; init; } = [];
    public IReadOnlyList<Threshold> Thresholds { get; init; } = [];
}

/// <summary>Describes a scenario, in the names of NBomber 6.</summary>
internal static class Scenario
{
    public static ScenarioProps Create(string name, Func<IScenarioContext, Task<IResponse>> run) => new(name, run);

    /// <summary>The load is applied for so long from its beginning, unmeasured; then it begins anew.</summary>
    public static ScenarioProps WithWarmUpDuration(this ScenarioProps scenario, TimeSpan duration) =>
        scenario with { WarmUpDuration = duration };

    public static ScenarioProps WithoutWarmUp(this ScenarioProps scenario) => scenario with { WarmUpDuration = null };

    public static ScenarioProps WithLoadSimulations(this ScenarioProps scenario, params LoadSimulation[] simulations) =>
        scenario with { LoadSimulations = simulations };

    public static ScenarioProps WithThresholds(this ScenarioProps scenario, params Threshold[] thresholds) =>
        scenario with { Thresholds = thresholds };
}

/// <summary>What an iteration is given. It belongs to one iteration at a time; do not keep it beyond.</summary>
internal interface IScenarioContext
{
    /// <summary>Number of this iteration within the scenario, from 1.</summary>
    long InvocationNumber { get; }

    /// <summary>Seeded, used by one iteration at a time.</summary>
    Random Random { get; }

    /// <summary>
    /// Cancelled when the schedule has ended or the run is stopped. What is cut by it is not measured.
    /// </summary>
    CancellationToken ScenarioCancellationToken { get; }
}

/// <summary>How a step or an iteration ended.</summary>
internal interface IResponse
{
    bool IsError { get; }

    /// <summary>For example "200", or a code of the product; empty when there is nothing to tell apart.</summary>
    string StatusCode { get; }

    string Message { get; }

    /// <summary>Bytes transferred, 0 when nobody counted them.</summary>
    long SizeBytes { get; }
}

/// <summary>A response that may carry what a later step needs.</summary>
internal sealed record Response<T>(bool IsError, string StatusCode, string Message, long SizeBytes, T? Payload)
    : IResponse;

/// <summary>Says how a step or an iteration ended.</summary>
internal static class Response
{
    private static readonly Response<object> s_ok = new(false, "", "", 0, null);

    public static Response<object> Ok() => s_ok;

    public static Response<object> Ok(string statusCode = "", long sizeBytes = 0) =>
        new(false, statusCode, "", sizeBytes, null);

    public static Response<T> Ok<T>(T payload, string statusCode = "", long sizeBytes = 0) =>
        new(false, statusCode, "", sizeBytes, payload);

    public static Response<object> Fail(string statusCode, string message = "") =>
        new(true, statusCode, message, 0, null);

    public static Response<T> Fail<T>(string statusCode, string message = "") =>
        new(true, statusCode, message, 0, default);
}

/// <summary>Measures a part of an iteration by its name.</summary>
internal static class Step
{
    /// <summary>
    /// Runs and measures a step; one that fails ends its iteration. The first step of an iteration of an open load
    /// counts from the moment at which the iteration was meant to start, so that waiting for a free thread is not
    /// forgotten.
    /// </summary>
    public static Task<Response<T>> Run<T>(string name, IScenarioContext context, Func<Task<Response<T>>> run) =>
        ((Iteration)context).RunStepAsync(name, run);
}
