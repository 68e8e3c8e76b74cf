using NBomber.Contracts.Metrics;
using NBomber.Contracts.Stats;
using Serilog;

namespace NBomber.Contracts;

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
