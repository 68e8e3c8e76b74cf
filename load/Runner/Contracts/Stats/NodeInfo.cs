namespace GridMesh.Load.Runner.Contracts.Stats;

public enum OperationType
{
    None = 0,
    Init = 1,
    WarmUp = 2,
    Bombing = 3,
    Stop = 4,
    Complete = 5,
    Error = 6,
}

/// <summary>The machine that makes the load.</summary>
public sealed record NodeInfo
{
    public string MachineName { get; init; } = "";

    public OperationType CurrentOperation { get; init; }

    public string OS { get; init; } = "";

    public string DotNetVersion { get; init; } = "";

    public string Processor { get; init; } = "";

    public int CoresCount { get; init; }

    /// <summary>Version of what runs the scenarios.</summary>
    public string NBomberVersion { get; init; } = "";
}

/// <summary>What a run is called.</summary>
public sealed record TestInfo
{
    public string SessionId { get; init; } = "";

    public string TestSuite { get; init; } = "";

    public string TestName { get; init; } = "";

    public string ClusterId { get; init; } = "";

    public DateTime Created { get; init; }
}
