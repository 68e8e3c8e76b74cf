namespace GridMesh.Load.Runner.Contracts;

/// <summary>A stretch of a scenario's load; made by <see cref="CSharp.Simulation"/>.</summary>
public abstract record LoadSimulation
{
    private LoadSimulation()
    {
    }

    public sealed record RampingConstant(int Copies, TimeSpan During) : LoadSimulation;

    public sealed record KeepConstant(int Copies, TimeSpan During) : LoadSimulation;

    public sealed record IterationsForConstant(int Copies, int Iterations) : LoadSimulation;

    public sealed record IterationsForInject(int Rate, TimeSpan Interval, int Iterations) : LoadSimulation;

    public sealed record RampingInject(int Rate, TimeSpan Interval, TimeSpan During) : LoadSimulation;

    public sealed record Inject(int Rate, TimeSpan Interval, TimeSpan During) : LoadSimulation;

    public sealed record InjectRandom(int MinRate, int MaxRate, TimeSpan Interval, TimeSpan During) : LoadSimulation;

    public sealed record Pause(TimeSpan During) : LoadSimulation;
}
