using GridMesh.Load.Runner.Contracts;

namespace GridMesh.Load.Runner.Schedules;

/// <summary>A stretch of load as the driver takes it: arrivals, copies, or neither for a pause.</summary>
/// <param name="Rate">Iterations an interval or copies, for the figures.</param>
internal sealed record LoadPhase(string Name, TimeSpan During, Arrivals? Arrivals, CopiesPlan? Copies, int Rate)
{
    /// <summary>Seed of what <c>InjectRandom</c> draws, so that a run can be repeated.</summary>
    private const int RandomSeed = 1;

    /// <summary>The stretches one after the other; a ramp goes on from where the one before ended.</summary>
    public static IReadOnlyList<LoadPhase> Plan(IReadOnlyList<LoadSimulation> simulations)
    {
        var phases = new List<LoadPhase>();
        var (perSecond, copies, random) = (0d, 0, new Random(RandomSeed));
        foreach (var simulation in simulations)
        {
            phases.Add(PhaseOf(simulation, perSecond, copies, random));
            (perSecond, copies) = EndOf(simulation);
        }

        return phases;
    }

    private static LoadPhase PhaseOf(LoadSimulation simulation, double perSecond, int copies, Random random) => simulation switch
    {
        LoadSimulation.Inject x => new("inject", x.During, new SteadyArrivals(x.Rate, x.Interval, x.During), null, x.Rate),
        LoadSimulation.IterationsForInject x => new(
            "iterations_for_inject", x.Interval * ((double)x.Iterations / x.Rate), new SteadyArrivals(x.Rate, x.Interval, x.Iterations), null, x.Rate),
        LoadSimulation.RampingInject x => new(
            "ramping_inject", x.During, new RampArrivals(perSecond, x.Rate / x.Interval.TotalSeconds, x.During), null, x.Rate),
        LoadSimulation.InjectRandom x => new(
            "inject_random", x.During, new RandomArrivals(x.MinRate, x.MaxRate, x.Interval, x.During, random), null, x.MaxRate),
        LoadSimulation.KeepConstant x => new("keep_constant", x.During, null, new CopiesPlan(x.Copies, x.Copies, x.During), x.Copies),
        LoadSimulation.RampingConstant x => new("ramping_constant", x.During, null, new CopiesPlan(copies, x.Copies, x.During), x.Copies),
        LoadSimulation.IterationsForConstant x => new(
            "iterations_for_constant", SimulationBounds.DuringMax, null,
            new CopiesPlan(x.Copies, x.Copies, SimulationBounds.DuringMax, x.Iterations), x.Copies),
        LoadSimulation.Pause x => new("pause", x.During, null, null, 0),
        _ => throw new InvalidOperationException($"unknown load simulation {simulation}"),
    };

    /// <summary>The rate a second and the copies that the next ramp begins with.</summary>
    private static (double PerSecond, int Copies) EndOf(LoadSimulation simulation) => simulation switch
    {
        LoadSimulation.Inject x => (x.Rate / x.Interval.TotalSeconds, 0),
        LoadSimulation.IterationsForInject x => (x.Rate / x.Interval.TotalSeconds, 0),
        LoadSimulation.RampingInject x => (x.Rate / x.Interval.TotalSeconds, 0),
        LoadSimulation.InjectRandom x => (x.MaxRate / x.Interval.TotalSeconds, 0),
        LoadSimulation.KeepConstant x => (0, x.Copies),
        LoadSimulation.RampingConstant x => (0, x.Copies),
        LoadSimulation.IterationsForConstant x => (0, x.Copies),
        _ => (0, 0),
    };
}
