namespace GridMesh.Load.Scenarios;

/// <summary>What <c>cluster</c> is asked to do.</summary>
internal sealed record ClusterOptions
{
    /// <summary>One has the demo, one is killed, one is drained.</summary>
    public const int SilosMin = 3;

    public const int SilosMax = 8;

    public const int GatewaysMax = 4;

    public const int CallersMax = 256;

    public static readonly TimeSpan DurationMax = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Connection string of a database on a PostgreSQL where others may be made; each phase makes one beside it and
    /// drops it.
    /// </summary>
    public string? Connection { get; init; }

    public int Silos { get; init; } = 3;

    public int Gateways { get; init; } = 2;

    /// <summary>Speed of the demo traffic, which runs all the time.</summary>
    public double Speed { get; init; } = 5;

    /// <summary>Reports a second while the way to the wall is measured.</summary>
    public double Rate { get; init; } = 5;

    /// <summary>How long reports are measured in each phase, and then lifecycles.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Callers that take cases through the whole loop at once.</summary>
    public int Callers { get; init; } = 16;

    public string Area { get; init; } = "450105";

    public int Seed { get; init; } = 1;

    /// <summary>Folder for what the processes print; null: nowhere.</summary>
    public string? Logs { get; init; }

    /// <summary>Everything that is wrong, at once.</summary>
    public IEnumerable<string> Problems()
    {
        if (string.IsNullOrEmpty(Connection))
        {
            yield return "--connection is missing; the silos meet in a PostgreSQL, such as Host=127.0.0.1;Username=postgres;Database=postgres";
        }

        if (Silos is < SilosMin or > SilosMax)
        {
            yield return $"--silos is {Silos}; it has to be {SilosMin}-{SilosMax}";
        }

        if (Gateways is < 1 or > GatewaysMax)
        {
            yield return $"--gateways is {Gateways}; it has to be 1-{GatewaysMax}";
        }

        if (Speed is not (>= 0.1 and <= 100))
        {
            yield return $"--speed is {Speed}; it has to be 0.1-100";
        }

        if (Rate is not (> 0 and <= LatencyOptions.ReportsPerSecondMax))
        {
            yield return $"--rate is {Rate}; it has to be more than 0 and at most {LatencyOptions.ReportsPerSecondMax} a second";
        }

        if (Duration <= TimeSpan.Zero || Duration > DurationMax)
        {
            yield return $"--duration is {Duration.TotalSeconds} s; it has to be more than 0 and at most {DurationMax.TotalSeconds}";
        }

        if (Callers is < 1 or > CallersMax)
        {
            yield return $"--callers is {Callers}; it has to be 1-{CallersMax}";
        }
    }
}
