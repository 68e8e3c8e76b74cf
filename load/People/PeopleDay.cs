namespace GridMesh.Load.People;

/// <summary>What one district does, after DOMAIN, and how busy it is, as shares of the busy hour.</summary>
internal sealed record PeopleDay(TimeSpan During, double[] Positions, double[] Doors, double[] Cases)
{
    /// <summary>Everybody on duty tells their place this often: the busy end of DOMAIN's 5-10 s.</summary>
    public static readonly TimeSpan PositionEvery = TimeSpan.FromSeconds(5);

    /// <summary>Door events a second of one district: the middle of DOMAIN's 25-100.</summary>
    public const int DoorsPerSecond = 50;

    /// <summary>Door events that a building's controller sends in one request.</summary>
    public const int DoorsPerRequest = 10;

    /// <summary>Twice DOMAIN's 5,000-10,000 a day, so that a minute has enough to tell a percentile.</summary>
    public const double CasesPerSecond = 0.25;

    public static PeopleDay Busy(TimeSpan during) => new(during, [1], [1], [1]);

    /// <summary>Midnight to midnight, two hours each: shifts, people leaving and coming home, peaks.</summary>
    public static PeopleDay Whole(TimeSpan during) => new(
        during,
        [0.15, 0.15, 0.15, 0.4, 1, 1, 0.8, 1, 1, 0.7, 0.4, 0.2],
        [0.1, 0.1, 0.2, 1, 2, 0.8, 0.9, 0.7, 1.2, 2, 1, 0.4],
        [0.1, 0.1, 0.1, 0.5, 1.2, 1.5, 0.8, 1, 1.2, 1.5, 0.8, 0.3]);

    public Stretch[] Simulate(double perSecond, double[] shares) =>
        [.. shares.Select(share => Stretch.Open(perSecond * share, During / shares.Length))];
}
