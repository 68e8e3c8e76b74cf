using Microsoft.Extensions.Configuration;
using GridMesh.Load.Runner.Contracts.Metrics;
using GridMesh.Load.Runner.Contracts.Stats;

namespace GridMesh.Load.Runner.Contracts;

/// <summary>Takes the figures of a run, at each reporting interval and at the end.</summary>
public interface IReportingSink : IDisposable
{
    string SinkName { get; }

    Task Init(IBaseContext context, IConfiguration infraConfig);

    Task Start(SessionStartInfo sessionInfo);

    /// <param name="stats">What happened since the last call, by scenario; <c>Duration</c> is the time since the start.</param>
    Task SaveRealtimeStats(ScenarioStats[] stats);

    Task SaveRealtimeMetrics(MetricStats metrics);

    Task SaveFinalStats(NodeStats stats);

    Task Stop();
}

/// <summary>A scenario that is about to start.</summary>
public sealed record ScenarioStartInfo(string ScenarioName, int SortIndex);

/// <summary>What is about to start.</summary>
public sealed record SessionStartInfo(ScenarioStartInfo[] Scenarios);
