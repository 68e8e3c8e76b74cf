using Microsoft.Extensions.Configuration;
using GridMesh.Load.Runner.Contracts.Metrics;
using GridMesh.Load.Runner.Contracts.Stats;

namespace GridMesh.Load.Runner.Contracts;

/// <summary>What the start and the end of a scenario are given.</summary>
public interface IScenarioInitContext
{
    TestInfo TestInfo { get; }

    ScenarioInfo ScenarioInfo { get; }

    NodeInfo NodeInfo { get; }

    /// <summary>Empty here: scenarios take their options from the command line.</summary>
    IConfiguration CustomSettings { get; }

    /// <summary>Empty here: scenarios take their options from the command line.</summary>
    IConfiguration GlobalCustomSettings { get; }

    ScenarioPartition ScenarioPartition { get; }

    ILogger Logger { get; }

    void RegisterMetric(ICounter counter);

    void RegisterMetric(IGauge gauge);
}
