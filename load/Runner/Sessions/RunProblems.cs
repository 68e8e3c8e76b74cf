using GridMesh.Load.Runner.Schedules;
using GridMesh.Load.Runner.Contracts;

namespace GridMesh.Load.Runner.Sessions;

/// <summary>What is wrong with the description of a run.</summary>
internal static class RunProblems
{
    /// <summary>Most scenarios of a run.</summary>
    public const int ScenariosMax = 100;

    /// <summary>Most stretches of a scenario's load.</summary>
    public const int SimulationsMax = 1_000;

    public static readonly TimeSpan ReportingIntervalMin = TimeSpan.FromMilliseconds(100);

    public static readonly TimeSpan ReportingIntervalMax = TimeSpan.FromHours(1);

    /// <summary>Everything at once, as sentences.</summary>
    public static IEnumerable<string> Of(NBomberContext context)
    {
        if (context.Scenarios.Count is 0 or > ScenariosMax)
        {
            yield return $"there are {context.Scenarios.Count} scenarios; there have to be 1-{ScenariosMax}";
        }

        if (context.ReportingInterval < ReportingIntervalMin || context.ReportingInterval > ReportingIntervalMax)
        {
            yield return $"the reporting interval is {context.ReportingInterval}; it has to be {ReportingIntervalMin}-{ReportingIntervalMax}";
        }

        if (context.CompletionTimeout <= TimeSpan.Zero || context.CompletionTimeout > SimulationBounds.DuringMax)
        {
            yield return $"the completion timeout is {context.CompletionTimeout}; it has to be more than 0 and at most {SimulationBounds.DuringMax}";
        }

        foreach (var name in context.Scenarios.GroupBy(scenario => scenario.ScenarioName).Where(group => group.Count() > 1))
        {
            yield return $"there are {name.Count()} scenarios with the name '{name.Key}'";
        }

        foreach (var problem in context.Scenarios.SelectMany(OfScenario))
        {
            yield return problem;
        }
    }

    private static IEnumerable<string> OfScenario(ScenarioProps scenario)
    {
        if (string.IsNullOrWhiteSpace(scenario.ScenarioName))
        {
            yield return "a scenario has no name";
        }

        if (scenario.Run is null && scenario.Init is null && scenario.Clean is null)
        {
            yield return $"scenario {scenario.ScenarioName} does nothing";
        }

        if (scenario.LoadSimulations.Count is 0 or > SimulationsMax)
        {
            yield return $"scenario {scenario.ScenarioName} has {scenario.LoadSimulations.Count} load simulations; it needs 1-{SimulationsMax}";
        }

        if (scenario.WarmUpDuration is { } warmUp && (warmUp <= TimeSpan.Zero || warmUp > SimulationBounds.DuringMax))
        {
            yield return $"scenario {scenario.ScenarioName}: the warm-up is {warmUp}; it has to be more than 0 and at most {SimulationBounds.DuringMax}";
        }

        if (scenario.MaxFailCount < 1)
        {
            yield return $"scenario {scenario.ScenarioName}: the most failures are {scenario.MaxFailCount}; they have to be at least 1";
        }

        foreach (var problem in scenario.LoadSimulations.SelectMany(SimulationBounds.Problems))
        {
            yield return $"scenario {scenario.ScenarioName}: {problem}";
        }
    }
}
