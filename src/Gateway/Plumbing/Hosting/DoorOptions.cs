namespace GridMesh.Gateway.Plumbing.Hosting;

/// <summary>
/// What a process with doors shows besides them, and how it closes them. Section <c>GridMesh:Gateway</c>.
/// </summary>
public sealed class DoorOptions
{
    public const string Section = "GridMesh:Gateway";

    /// <summary>Longest wait between red and closed, in s.</summary>
    public const int DrainSecondsMax = 120;

    /// <summary>
    /// After SIGTERM, how long the process still serves while <c>/healthz/ready</c> is red, so that balancers send
    /// nobody new, in s, 0-120.
    /// </summary>
    public int DrainSeconds { get; set; }

    /// <summary>Whether the page to read and try the API is served; null: in Development.</summary>
    public bool? ApiPage { get; set; }

    /// <summary>Every problem at once; empty when all is well.</summary>
    public IEnumerable<string> Problems()
    {
        if (DrainSeconds is < 0 or > DrainSecondsMax)
        {
            yield return $"{Section}:{nameof(DrainSeconds)} is {DrainSeconds}; it has to be 0-{DrainSecondsMax}";
        }
    }
}
