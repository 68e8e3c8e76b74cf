namespace GridMesh.Load.Runner.Contracts;

/// <summary>What a scenario is doing.</summary>
public enum ScenarioOperation
{
    Init = 0,
    Clean = 1,
    WarmUp = 2,
    Bombing = 3,
}

/// <summary>Which copy of which scenario this is.</summary>
public sealed record ScenarioInfo
{
    /// <summary>Unique among the copies of all scenarios; for correlation.</summary>
    public string InstanceId { get; init; } = "";

    /// <summary>Number of the copy, from 0. A copy that has ended may be used again.</summary>
    public int InstanceNumber { get; init; }

    public string ScenarioName { get; init; } = "";

    /// <summary>Sum of the load simulations' durations.</summary>
    public TimeSpan ScenarioDuration { get; init; }

    public ScenarioOperation ScenarioOperation { get; init; }
}

/// <summary>Which part of a cluster runs a scenario; here there is one part.</summary>
public sealed record ScenarioPartition(int Number, int Count)
{
    public static ScenarioPartition Empty { get; } = new(1, 1);
}
