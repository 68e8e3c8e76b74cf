namespace GridMesh.Load.Runner.Contracts;

/// <summary>A scenario as it was described; immutable, made by <see cref="CSharp.Scenario"/>.</summary>
public sealed record ScenarioProps
{
    /// <summary>As NBomber has it.</summary>
    public const int MaxFailCountDefault = 5_000;

    public static readonly TimeSpan WarmUpDefault = TimeSpan.FromSeconds(30);

    public required string ScenarioName { get; init; }

    public Func<IScenarioInitContext, Task>? Init { get; init; }

    public Func<IScenarioInitContext, Task>? Clean { get; init; }

    /// <summary>Null for a scenario that is only prepared and cleaned.</summary>
    public Func<IScenarioContext, Task<IResponse>>? Run { get; init; }

    /// <summary>Null: no warm-up.</summary>
    public TimeSpan? WarmUpDuration { get; init; } = WarmUpDefault;

    public IReadOnlyList<LoadSimulation> LoadSimulations { get; init; } =
        [new LoadSimulation.KeepConstant(1, TimeSpan.FromMinutes(1))];

    public IReadOnlyList<Threshold> Thresholds { get; init; } = [];

    /// <summary>A step that failed ends its iteration as failed.</summary>
    public bool RestartIterationOnFail { get; init; } = true;

    /// <summary>At so many failed iterations the run is stopped.</summary>
    public int MaxFailCount { get; init; } = MaxFailCountDefault;
}
