namespace GridMesh.Grains.Live;

/// <summary>How grids and areas pace themselves. Section <c>GridMesh:Live</c>.</summary>
public sealed class LiveOptions
{
    public const string Section = "GridMesh:Live";

    /// <summary>Least time between two reports of a child to its parent, in ms, 1-1,000.</summary>
    public int RollupIntervalMs { get; set; } = 250;

    /// <summary>The same where cases or numbers changed, not only the places of workers, in ms, 1-1,000.</summary>
    public int RollupNewsIntervalMs { get; set; } = 10;

    /// <summary>Least time between two wall frames of a grid, in ms (10 a second), 10-5,000.</summary>
    public int GridFrameIntervalMs { get; set; } = 100;

    /// <summary>Least time between two wall frames of an area above the grid, in ms (4 a second), 10-5,000.</summary>
    public int AreaFrameIntervalMs { get; set; } = 250;

    /// <summary>
    /// Least time between two wall frames of any area where cases or numbers changed, in ms (10 a second), 10-5,000.
    /// </summary>
    public int NewsFrameIntervalMs { get; set; } = 100;

    /// <summary>How often the slow duties run: leases, presence, the turn of the day, in s, 1-60.</summary>
    public int BeatSeconds { get; set; } = 5;

    /// <summary>
    /// How often a summary is sent again and a grid is checked against the index, in s, 1-30 (rule RU4).
    /// </summary>
    public int RepairSeconds { get; set; } = 25;

    /// <summary>A worker on duty unheard of for longer is silent, in s, 30-86,400.</summary>
    public int SilentAfterSeconds { get; set; } = 300;

    /// <summary>Most open cases held by one grid, 1-100,000 (DESIGN "Bounds").</summary>
    public int OpenCasesMax { get; set; } = 5_000;

    /// <summary>Every problem at once; empty when all is well.</summary>
    public IEnumerable<string> Problems()
    {
        (string Name, int Value, int Min, int Max)[] rules =
        [
            (nameof(RollupIntervalMs), RollupIntervalMs, 1, 1_000),
            (nameof(RollupNewsIntervalMs), RollupNewsIntervalMs, 1, 1_000),
            (nameof(NewsFrameIntervalMs), NewsFrameIntervalMs, 10, 5_000),
            (nameof(GridFrameIntervalMs), GridFrameIntervalMs, 10, 5_000),
            (nameof(AreaFrameIntervalMs), AreaFrameIntervalMs, 10, 5_000),
            (nameof(BeatSeconds), BeatSeconds, 1, 60),
            (nameof(RepairSeconds), RepairSeconds, 1, 30),
            (nameof(SilentAfterSeconds), SilentAfterSeconds, 30, 86_400),
            (nameof(OpenCasesMax), OpenCasesMax, 1, 100_000),
        ];
        return rules.Where(rule => rule.Value < rule.Min || rule.Value > rule.Max)
            .Select(rule => $"{Section}:{rule.Name} is {rule.Value}; it has to be {rule.Min}-{rule.Max}");
    }
}
