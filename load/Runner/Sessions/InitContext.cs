using Microsoft.Extensions.Configuration;
using GridMesh.Load.Runner.Contracts;
using GridMesh.Load.Runner.Contracts.Metrics;
using GridMesh.Load.Runner.Contracts.Stats;

namespace GridMesh.Load.Runner.Sessions;

/// <summary>What a scenario is given to prepare and to clean.</summary>
internal sealed class InitContext(Session session, ScenarioInfo scenario, IConfiguration settings) : IScenarioInitContext
{
    public TestInfo TestInfo => session.TestInfo;

    public ScenarioInfo ScenarioInfo => scenario;

    public NodeInfo NodeInfo => session.GetNodeInfo();

    public IConfiguration CustomSettings => settings;

    public IConfiguration GlobalCustomSettings => settings;

    public ScenarioPartition ScenarioPartition => ScenarioPartition.Empty;

    public ILogger Logger => session.Logger;

    public void RegisterMetric(ICounter counter) => session.RegisterMetric(counter, scenario.ScenarioName);

    public void RegisterMetric(IGauge gauge) => session.RegisterMetric(gauge, scenario.ScenarioName);
}
