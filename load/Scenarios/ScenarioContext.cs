using GridMesh.Load.Measuring;
using GridMesh.Load.Products;
using GridMesh.Load.Reports;

namespace GridMesh.Load.Scenarios;

/// <summary>What a scenario is given: the clock, the product to start, and where to say how far it is.</summary>
internal sealed class ScenarioContext(TimeProvider time, TextWriter progress)
{
    private readonly long _began = time.GetTimestamp();
    private readonly DateTimeOffset _startedAt = time.GetLocalNow();
    private readonly double? _loadAtStart = MachineLoad.Read();

    public TimeProvider Time => time;

    /// <summary>The executable that the command line names; null: the one that was built along with this one.</summary>
    public string? Silo { get; init; }

    /// <summary>Whether products that are started count the calls of their grains.</summary>
    public bool CountsCalls { get; init; }

    /// <summary>A product over this folder, or over a database where one is named.</summary>
    /// <exception cref="InvalidOperationException">The executable is not there.</exception>
    public SiloSetup Setup(string dataFolder, string? connection) =>
        new(SiloSetup.FindAssembly(Silo), dataFolder, connection)
        {
            Settings = CountsCalls ? ["GridMesh:Cluster:CountCalls=true"] : [],
        };

    /// <summary>A line on the terminal, with the time since the start.</summary>
    public void Say(string text) => progress.WriteLine($"{time.GetElapsedTime(_began).TotalSeconds,7:F1} s  {text}");

    public Report Report(
        string scenario,
        IReadOnlyDictionary<string, string> settings,
        IReadOnlyList<LatencySummary> latencies,
        IReadOnlyList<Figure> figures,
        IReadOnlyList<ReportTable> tables,
        IReadOnlyList<string> notes,
        IReadOnlyList<Verdict> thresholds) =>
        new(
            scenario, _startedAt, time.GetElapsedTime(_began), MachineLoad.Describe(_loadAtStart), settings, latencies, figures,
            tables, notes, thresholds);
}
