using GridMesh.Load.Runner.Contracts.Stats;

namespace GridMesh.Load.Runner.Contracts;

/// <summary>A run as it was described; immutable, made by <see cref="CSharp.NBomberRunner"/>.</summary>
public sealed record NBomberContext
{
    /// <summary>Iterations that are due while so many others of their scenario have not ended are counted as failed.</summary>
    public const int InFlightMaxDefault = 50_000;

    /// <summary>As NBomber has it.</summary>
    public static readonly TimeSpan ReportingIntervalDefault = TimeSpan.FromSeconds(5);

    public static readonly TimeSpan CompletionTimeoutDefault = TimeSpan.FromMinutes(1);

    internal IReadOnlyList<ScenarioProps> Scenarios { get; init; } = [];

    internal IReadOnlyList<IReportingSink> Sinks { get; init; } = [];

    internal string TestSuite { get; init; } = "nbomber_default_test_suite_name";

    internal string TestName { get; init; } = "nbomber_default_test_name";

    internal TimeSpan ReportingInterval { get; init; } = ReportingIntervalDefault;

    internal TimeSpan CompletionTimeout { get; init; } = CompletionTimeoutDefault;

    internal bool IsShown { get; init; } = true;

    internal string ReportFolder { get; init; } = "reports";

    internal string ReportFileName { get; init; } = "nbomber_report";

    internal IReadOnlyList<ReportFormat> ReportFormats { get; init; } = [];

    internal TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where lines are shown and logged.</summary>
    internal TextWriter Output { get; init; } = Console.Error;

    /// <summary>
    /// Iterations begin, and what waits for them goes on, on the thread that found them due, not on the pool; for tests
    /// on a clock of their own, which must not run on before everything has happened that is due.
    /// </summary>
    internal bool IsInline { get; init; }

    internal TaskCreationOptions Waiting =>
        IsInline ? TaskCreationOptions.None : TaskCreationOptions.RunContinuationsAsynchronously;

    /// <summary>Most iterations of a scenario at once.</summary>
    internal int InFlightMax { get; init; } = InFlightMaxDefault;
}
