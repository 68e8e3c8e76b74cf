namespace GridMesh.Demo;

/// <summary>The demo's live traffic. Section <c>GridMesh:Demo</c>.</summary>
public sealed class DemoOptions
{
    public const string Section = "GridMesh:Demo";

    public const double SpeedMin = 0.1;

    public const double SpeedMax = 100;

    /// <summary>Whether the demo district is made and its traffic runs; only in Development.</summary>
    public bool Enabled { get; set; }

    /// <summary>1 is real time; 20 means twenty times the rates and a twentieth of the waiting. 0.1-100.</summary>
    public double Speed { get; set; } = 1;

    /// <summary>Seed of everything that the traffic draws.</summary>
    public int Seed { get; set; } = DemoDistrict.DefaultSeed;

    /// <summary>Where the public doors are; set by the host once it listens.</summary>
    public Uri? BaseUrl { get; set; }

    /// <summary>Every so many minutes of demo time one town has a storm, 0-1,440; 0 means never.</summary>
    public double StormEveryMinutes { get; set; } = 45;

    /// <summary>Cases opened quickly at the first start, so that the wall is alive at once. 0-2,000.</summary>
    public int StartingCases { get; set; } = 350;

    /// <summary>Cases that are reported on an ordinary day, 0-100,000.</summary>
    public int CasesPerDay { get; set; } = 7_500;

    /// <summary>Everything that is wrong with the values; empty when nothing is.</summary>
    public IEnumerable<string> Problems()
    {
        (string Name, double Value, double Least, double Most)[] values =
        [
            (nameof(Speed), Speed, SpeedMin, SpeedMax),
            (nameof(StormEveryMinutes), StormEveryMinutes, 0, 1_440),
            (nameof(StartingCases), StartingCases, 0, 2_000),
            (nameof(CasesPerDay), CasesPerDay, 0, 100_000),
        ];
        return values.Where(entry => !(entry.Value >= entry.Least && entry.Value <= entry.Most))
            .Select(entry => $"{Section}:{entry.Name} is {entry.Value}; it has to be {entry.Least}-{entry.Most}");
    }
}
