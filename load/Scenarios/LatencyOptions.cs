namespace GridMesh.Load.Scenarios;

/// <summary>What <c>latency</c> is asked to do.</summary>
internal sealed record LatencyOptions
{
    /// <summary>Most reports a second.</summary>
    public const double RateMax = 1_000;

    public static readonly TimeSpan DurationMax = TimeSpan.FromHours(1);

    /// <summary>A product that runs already; null starts one of our own.</summary>
    public Uri? Url { get; init; }

    /// <summary>The process to sample where <see cref="Url"/> is given; it has to be on this machine.</summary>
    public int? ProcessId { get; init; }

    public string Area { get; init; } = "450105";

    /// <summary>Reports a second, more than 0.</summary>
    public double Rate { get; init; } = 5;

    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Speed of the demo traffic of our own product; 1 is real time, 0.1-100 as the demo has it.</summary>
    public double Speed { get; init; } = 1;

    public int Seed { get; init; } = 1;

    /// <summary>Everything that is wrong, at once.</summary>
    public IEnumerable<string> Problems()
    {
        if (Url is { } url && url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps)
        {
            yield return $"--url is '{url}'; it has to be an address such as http://127.0.0.1:5080";
        }

        if (Rate is not (> 0 and <= RateMax))
        {
            yield return $"--rate is {Rate}; it has to be more than 0 and at most {RateMax} a second";
        }

        if (Duration <= TimeSpan.Zero || Duration > DurationMax)
        {
            yield return $"--duration is {Duration.TotalSeconds} s; it has to be more than 0 and at most {DurationMax.TotalSeconds}";
        }

        if (Speed is not (>= 0.1 and <= 100))
        {
            yield return $"--speed is {Speed}; it has to be 0.1-100";
        }

        if (ProcessId is not null && Url is null)
        {
            yield return "--pid goes with --url; a product of our own is sampled anyway";
        }
    }
}
