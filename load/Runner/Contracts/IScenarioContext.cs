using GridMesh.Load.Runner.Contracts.Stats;

namespace GridMesh.Load.Runner.Contracts;

/// <summary>What an iteration is given. It belongs to one iteration at a time; do not keep it beyond.</summary>
public interface IScenarioContext
{
    TestInfo TestInfo { get; }

    ScenarioInfo ScenarioInfo { get; }

    NodeInfo NodeInfo { get; }

    ILogger Logger { get; }

    /// <summary>Number of this iteration within the scenario, from 1.</summary>
    long InvocationNumber { get; }

    /// <summary>Shared by the steps of one iteration, empty at its start.</summary>
    Dictionary<string, object> Data { get; }

    /// <summary>Kept between the iterations of one copy.</summary>
    Dictionary<string, object> ScenarioInstanceData { get; }

    /// <summary>Cancelled when the scenario's schedule has ended or it was stopped. What is cut by it is not measured.</summary>
    CancellationToken ScenarioCancellationToken { get; }

    /// <summary>Seeded by the copy's number, used by one iteration at a time.</summary>
    Random Random { get; }

    void StopScenario(string scenarioName, string reason);

    void StopCurrentTest(string reason);

    /// <summary>Time since the scenario's schedule began.</summary>
    TimeSpan GetScenarioTimerTime();
}
