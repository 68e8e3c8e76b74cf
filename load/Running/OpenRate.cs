namespace GridMesh.Load.Running;

/// <summary>Puts a rate a second that need not be whole into NBomber's terms.</summary>
internal static class OpenRate
{
    /// <param name="perSecond">More than 0.</param>
    public static LoadSimulation Inject(double perSecond, TimeSpan during) => double.IsInteger(perSecond)
        ? Simulation.Inject((int)perSecond, TimeSpan.FromSeconds(1), during)
        : Simulation.Inject(1, TimeSpan.FromTicks((long)Math.Ceiling(TimeSpan.TicksPerSecond / perSecond)), during);
}
