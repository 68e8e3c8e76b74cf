using System.Collections.Concurrent;
using GridMesh.Load.Runner.Contracts;

namespace GridMesh.Load.Runner.Measuring;

/// <summary>All series of a scenario: its iterations and its steps. The warm-up has one that nobody reads.</summary>
internal sealed class ScenarioMeasures(string scenarioName)
{
    /// <summary>Most steps of a scenario.</summary>
    public const int StepsMax = 100;

    private readonly ConcurrentDictionary<string, Series> _steps = new();

    public Series Iterations { get; } = new(scenarioName, 0);

    /// <exception cref="InvalidOperationException">The scenario has too many steps; their names probably hold what varies.</exception>
    public void RecordStep(string name, IResponse response, long micros)
    {
        if (!_steps.TryGetValue(name, out var series))
        {
            if (_steps.Count >= StepsMax)
            {
                throw new InvalidOperationException($"scenario {scenarioName} has more than {StepsMax} steps; a step's name must not vary");
            }

            series = _steps.GetOrAdd(name, static (key, index) => new Series(key, index), _steps.Count);
        }

        series.Record(response, micros);
    }

    public MeasuresSnapshot Read() => new(
        Iterations.Read(), [.. _steps.Values.OrderBy(step => step.SortIndex).Select(step => step.Read())]);
}

/// <summary>The measures of a scenario at one moment.</summary>
internal sealed record MeasuresSnapshot(SeriesSnapshot Iterations, IReadOnlyList<SeriesSnapshot> Steps)
{
    public MeasuresSnapshot Since(MeasuresSnapshot? earlier) => earlier is null
        ? this
        : new(
            Iterations.Since(earlier.Iterations),
            [.. Steps.Select(step => step.Since(earlier.Steps.FirstOrDefault(before => before.Name == step.Name)))]);
}
