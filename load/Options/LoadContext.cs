using System.Runtime.InteropServices;

namespace GridMesh.Load.Options;

/// <summary>What a scenario is given: the clock, the product to start, and where to say how far it is.</summary>
internal sealed class LoadContext(string scenario, LoadOptions options, Terminal terminal)
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(20);
    private readonly long _began = terminal.Time.GetTimestamp();
    private readonly DateTimeOffset _startedAt = terminal.Time.GetLocalNow();
    private readonly double _loadAtStart = LoadAverage();
    public TimeProvider Time => terminal.Time;

    private static double LoadAverage() =>
        double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture);

    public SiloSetup Setup(string dataFolder, string? connection) =>
        new(SiloSetup.FindAssembly(options.Silo), dataFolder, connection);

    public void Say(string text) =>
        terminal.Progress.WriteLine($"{Time.GetElapsedTime(_began).TotalSeconds,7:F1} s  {text}");

    /// <summary>True once something holds, false when it does not in this time; it is asked again and again.</summary>
    public async Task<bool> UntilAsync(Func<Task<bool>> holds, TimeSpan patience, CancellationToken cancellation)
    {
        for (var began = Time.GetTimestamp(); !await holds();)
        {
            if (Time.GetElapsedTime(began) > patience)
                return false;
            await Task.Delay(s_pause, Time, cancellation);
        }

        return true;
    }

    public Report Report(Subject? subject = null) =>
        new(scenario, _startedAt, Asked.Settings(options)) { Subject = subject };

    public Report Complete(Report report)
    {
        report.Seconds = Math.Round(Time.GetElapsedTime(_began).TotalSeconds, 1);
        report.Machine = new Machine(
            RuntimeInformation.OSDescription, RuntimeInformation.FrameworkDescription, Environment.ProcessorCount,
            Math.Round(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1e6), _loadAtStart, LoadAverage());
        return report;
    }
}
