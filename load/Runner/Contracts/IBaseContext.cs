using GridMesh.Load.Runner.Contracts.Metrics;
using GridMesh.Load.Runner.Contracts.Stats;

namespace GridMesh.Load.Runner.Contracts;

/// <summary>What a reporting sink is given.</summary>
public interface IBaseContext
{
    TestInfo TestInfo { get; }

    ILogger Logger { get; }

    NodeInfo GetNodeInfo();

    void RegisterMetric(ICounter counter);

    void RegisterMetric(IGauge gauge);

    void StopScenario(string scenarioName, string reason);

    void StopCurrentTest(string reason);
}
