namespace GridMesh.Load.People;

/// <summary>What one district does in a second of an ordinary day, after the figures in DOMAIN "Figures of one district".</summary>
internal static class PeopleRates
{
    /// <summary>Everybody on duty tells their place this often: the busy end of DOMAIN's 5-10 s.</summary>
    public static readonly TimeSpan PositionEvery = TimeSpan.FromSeconds(5);

    /// <summary>Door events a second of one district: the middle of DOMAIN's 25-100.</summary>
    public const int DoorsPerSecond = 50;

    /// <summary>Door events that a building's controller sends in one request.</summary>
    public const int DoorsPerRequest = 10;

    /// <summary>
    /// Cases a second of one district. DOMAIN has 5,000-10,000 a day (0.06-0.12/s); a quarter of one is more than twice
    /// that, so that a minute has enough of them to tell a percentile.
    /// </summary>
    public const double CasesPerSecond = 0.25;
}
