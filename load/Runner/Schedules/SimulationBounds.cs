using GridMesh.Load.Runner.Contracts;

namespace GridMesh.Load.Runner.Schedules;

/// <summary>What a load simulation may ask for.</summary>
internal static class SimulationBounds
{
    /// <summary>Most iterations an interval.</summary>
    public const int RateMax = 10_000_000;

    public static readonly TimeSpan DuringMax = TimeSpan.FromDays(7);

    /// <summary>Everything that is wrong with a simulation, as sentences.</summary>
    public static IEnumerable<string> Problems(LoadSimulation simulation) => simulation switch
    {
        LoadSimulation.Inject x => [.. Rate(x.Rate, 1), .. Interval(x.Interval), .. During(x.During)],
        LoadSimulation.RampingInject x => [.. Rate(x.Rate, 0), .. Interval(x.Interval), .. During(x.During)],
        LoadSimulation.InjectRandom x => [.. Rate(x.MinRate, 0), .. Rate(x.MaxRate, Math.Max(1, x.MinRate)), .. Interval(x.Interval), .. During(x.During), .. Intervals(x)],
        LoadSimulation.IterationsForInject x => [.. Rate(x.Rate, 1), .. Interval(x.Interval), .. Iterations(x.Iterations)],
        LoadSimulation.KeepConstant x => [.. Copies(x.Copies, 1), .. During(x.During)],
        LoadSimulation.RampingConstant x => [.. Copies(x.Copies, 0), .. During(x.During)],
        LoadSimulation.IterationsForConstant x => [.. Copies(x.Copies, 1), .. Iterations(x.Iterations)],
        LoadSimulation.Pause x => During(x.During),
        _ => [$"{simulation} is not known"],
    };

    private static IEnumerable<string> Rate(int rate, int least) =>
        rate >= least && rate <= RateMax ? [] : [$"rate is {rate}; it has to be {least}-{RateMax}"];

    private static IEnumerable<string> Copies(int copies, int least) =>
        copies >= least && copies <= CopiesPlan.CopiesMax ? [] : [$"copies is {copies}; it has to be {least}-{CopiesPlan.CopiesMax}"];

    private static IEnumerable<string> Iterations(int iterations) =>
        iterations >= 1 ? [] : [$"iterations is {iterations}; it has to be at least 1"];

    private static IEnumerable<string> Interval(TimeSpan interval) =>
        interval > TimeSpan.Zero && interval <= DuringMax ? [] : [$"interval is {interval}; it has to be more than 0 and at most {DuringMax}"];

    private static IEnumerable<string> During(TimeSpan during) =>
        during > TimeSpan.Zero && during <= DuringMax ? [] : [$"during is {during}; it has to be more than 0 and at most {DuringMax}"];

    private static IEnumerable<string> Intervals(LoadSimulation.InjectRandom x) =>
        x.Interval <= TimeSpan.Zero || x.During / x.Interval <= RandomArrivals.IntervalsMax
            ? []
            : [$"during has {x.During / x.Interval:F0} intervals; it may have at most {RandomArrivals.IntervalsMax}"];
}
