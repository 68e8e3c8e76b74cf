using GridMesh.Load.Running;

namespace GridMesh.Load.People;

/// <summary>How busy it is over a run: as a share of the busy hour's rates, straight from one point to the next.</summary>
/// <param name="during">Length of the run.</param>
/// <param name="positions">Shares at evenly spaced moments; a single one stays.</param>
internal sealed class PeopleDay(
    TimeSpan during, IReadOnlyList<double> positions, IReadOnlyList<double> doors, IReadOnlyList<double> cases)
{
    // A share for each second hour from midnight on: day and night shift of workers; people leaving and coming home;
    // what is seen and reported, with a peak in the forenoon and one after work.
    private static readonly double[] s_positions = [0.15, 0.15, 0.15, 0.4, 1, 1, 0.8, 1, 1, 0.7, 0.4, 0.2, 0.15];
    private static readonly double[] s_doors = [0.1, 0.1, 0.2, 1, 2, 0.8, 0.9, 0.7, 1.2, 2, 1, 0.4, 0.1];
    private static readonly double[] s_cases = [0.1, 0.1, 0.1, 0.5, 1.2, 1.5, 0.8, 1, 1.2, 1.5, 0.8, 0.3, 0.1];

    public TimeSpan During => during;

    /// <summary>The busy hour all the time.</summary>
    public static PeopleDay Busy(TimeSpan during) => new(during, [1], [1], [1]);

    /// <summary>Midnight to midnight.</summary>
    public static PeopleDay Whole(TimeSpan during) => new(during, s_positions, s_doors, s_cases);

    /// <param name="perSecond">Requests a second of the busy hour.</param>
    public LoadSimulation[] Positions(double perSecond) => Simulate(perSecond, positions);

    /// <inheritdoc cref="Positions"/>
    public LoadSimulation[] Doors(double perSecond) => Simulate(perSecond, doors);

    /// <inheritdoc cref="Positions"/>
    public LoadSimulation[] Cases(double perSecond) => Simulate(perSecond, cases);

    private LoadSimulation[] Simulate(double perSecond, IReadOnlyList<double> shares)
    {
        if (shares is [var only])
        {
            return [OpenRate.Inject(perSecond * only, during)];
        }

        // Rates are whole numbers an interval: with a minute as the interval also few cases keep their curve.
        var interval = TimeSpan.FromMinutes(1);
        return
        [
            Simulation.Inject(RateOf(shares[0]), interval, TimeSpan.FromSeconds(1)),
            .. shares.Skip(1).Select(share => Simulation.RampingInject(
                RateOf(share), interval, (during - TimeSpan.FromSeconds(1)) / (shares.Count - 1))),
        ];

        int RateOf(double share) => (int)Math.Round(perSecond * share * interval.TotalSeconds);
    }
}
