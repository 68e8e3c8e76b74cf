using GridMesh.Load.Bare;
using GridMesh.Load.Fleets;

namespace GridMesh.Load.Scenarios;

/// <summary>What <c>fanout</c> is asked to do.</summary>
internal sealed record FanoutOptions
{
    public const int RoundsMax = 10;
    public const int AreasMax = 400;

    /// <summary>Most frames a second of a grid, as the product has it by default.</summary>
    public const double RateMax = 10;

    public static readonly TimeSpan DurationMax = TimeSpan.FromMinutes(10);

    /// <summary>A product that runs already; null starts one of our own.</summary>
    public Uri? Url { get; init; }

    /// <summary>The process of that product; without it its memory and processor time are not compared.</summary>
    public int? ProcessId { get; init; }

    public string Area { get; init; } = "450105";

    /// <summary>Connections, 1-100,000.</summary>
    public int Clients { get; init; } = 10_000;

    /// <summary>Grids that the clients watch in turn, 1-400.</summary>
    public int Areas { get; init; } = 20;

    /// <summary>Frames a second of each grid in the steady phase, more than 0 and at most 10.</summary>
    public double Rate { get; init; } = 4;

    /// <summary>Frames a second of each grid in the phase that asks for more than can be delivered.</summary>
    public double Flood { get; init; } = 10;

    /// <summary>Seconds of each measured phase.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often both sides are measured in turn, 1-10.</summary>
    public int Rounds { get; init; } = 2;

    public int Seed { get; init; } = 1;

    /// <summary>Everything that is wrong, at once.</summary>
    public IEnumerable<string> Problems()
    {
        if (Url is { } url && url.Scheme != Uri.UriSchemeHttp)
        {
            yield return $"--url is '{url}'; it has to be an address such as http://127.0.0.1:5080";
        }

        if (ProcessId is not null && Url is null)
        {
            yield return "--pid goes with --url; a product of our own is sampled anyway";
        }

        (string Name, double Value, double Max)[] counts =
        [
            ("--clients", Clients, Fleet.ClientsMax), ("--areas", Areas, AreasMax), ("--rounds", Rounds, RoundsMax),
        ];
        foreach (var (name, value, max) in counts.Where(count => !(count.Value >= 1 && count.Value <= count.Max)))
        {
            yield return $"{name} is {value}; it has to be 1-{max}";
        }

        foreach (var (name, value) in new[] { ("--rate", Rate), ("--flood", Flood) }.Where(rate => rate.Item2 is not (> 0 and <= RateMax)))
        {
            yield return $"{name} is {value}; it has to be more than 0 and at most {RateMax} frames a second";
        }

        if (Duration <= TimeSpan.Zero || Duration > DurationMax)
        {
            yield return $"--duration is {Duration.TotalSeconds} s; it has to be more than 0 and at most {DurationMax.TotalSeconds}";
        }

        if (FileLimit.Problem(Clients, FileLimit.Read()) is { } problem)
        {
            yield return problem;
        }
    }
}
