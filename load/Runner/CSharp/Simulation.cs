using GridMesh.Load.Runner.Contracts;

namespace GridMesh.Load.Runner.CSharp;

/// <summary>
/// Makes stretches of load. Inject is an open workload: iterations arrive evenly at their moments, whatever became of
/// those before. Constant is a closed one: so many copies begin their next iteration when the last has ended.
/// </summary>
public static class Simulation
{
    /// <summary>From as many copies as the stretch before ended with to this many, in a straight line.</summary>
    public static LoadSimulation RampingConstant(int copies, TimeSpan during) => new LoadSimulation.RampingConstant(copies, during);

    public static LoadSimulation KeepConstant(int copies, TimeSpan during) => new LoadSimulation.KeepConstant(copies, during);

    /// <summary>So many copies until so many iterations have begun.</summary>
    public static LoadSimulation IterationsForConstant(int copies, int iterations) => new LoadSimulation.IterationsForConstant(copies, iterations);

    public static LoadSimulation IterationsForInject(int rate, TimeSpan interval, int iterations) => new LoadSimulation.IterationsForInject(rate, interval, iterations);

    /// <summary>From the rate that the stretch before ended with to this one, in a straight line.</summary>
    public static LoadSimulation RampingInject(int rate, TimeSpan interval, TimeSpan during) => new LoadSimulation.RampingInject(rate, interval, during);

    /// <summary>So many iterations an interval, evenly spaced.</summary>
    public static LoadSimulation Inject(int rate, TimeSpan interval, TimeSpan during) => new LoadSimulation.Inject(rate, interval, during);

    /// <summary>For each interval another number of iterations, evenly spaced; drawn with a fixed seed.</summary>
    public static LoadSimulation InjectRandom(int minRate, int maxRate, TimeSpan interval, TimeSpan during) => new LoadSimulation.InjectRandom(minRate, maxRate, interval, during);

    public static LoadSimulation Pause(TimeSpan during) => new LoadSimulation.Pause(during);
}
