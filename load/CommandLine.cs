using System.CommandLine;
using System.CommandLine.Help;
using GridMesh.Load.Reports;
using GridMesh.Load.Reports.Html;
using GridMesh.Load.Running;
using GridMesh.Load.Scenarios;

namespace GridMesh.Load;

/// <summary>The scenarios as commands. Exit 0: every threshold is met; 1: one is missed; 2: it could not be run as asked.</summary>
internal static class CommandLine
{
    public const int Met = 0;
    public const int Missed = 1;
    public const int NotRun = 2;

    /// <summary>After Ctrl+C, how long a scenario may take to end its processes and drop its databases.</summary>
    private static readonly TimeSpan s_cleanUpMax = TimeSpan.FromSeconds(30);

    public static async Task<int> RunAsync(string[] arguments, TimeProvider time, TextWriter output, TextWriter progress)
    {
        var root = new RootCommand("Load and fault scenarios for GridMesh: each prints a report and exits 1 when a threshold is missed. 负载与故障场景。");
        root.Add(LatencyCommand.Create(time, output, progress));
        root.Add(DistrictCommand.CreateDay(time, output, progress));
        root.Add(DistrictCommand.CreateSoak(time, output, progress));
        root.Add(PeopleCommand.Create(time, output, progress));
        root.Add(IngestCommand.Create(time, output, progress));
        root.Add(KillCommand.Create(time, output, progress));
        root.Add(ClusterCommand.Create(time, output, progress));
        root.Add(SeedCommand.Create(time, output, progress));
        root.Add(FanoutCommand.Create(time, output, progress));
        root.Add(ReconnectCommand.Create(time, output, progress));
        root.Add(BareHubCommand.Create(time));
        root.Add(LifecycleCommand.Create(time, output, progress));
        root.Add(BurstCommand.Create(time, output, progress));
        root.Add(StormCommand.Create(time, output, progress));
        root.Add(DeadlineCommand.Create(time, output, progress));
        root.Add(WatchCommand.Create(time, output, progress));
        root.Add(PatrolCommand.Create(time, output, progress));
        root.Add(RequestCommand.Create(time, output, progress));
        root.Add(QuestionCommand.CreateSearch(time, output, progress));
        root.Add(QuestionCommand.CreateKpis(time, output, progress));
        var parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0 && parsed.Action is not HelpAction)
        {
            return await RefuseAsync(parsed.Errors.Select(error => error.Message), progress);
        }

        return await parsed.InvokeAsync(new InvocationConfiguration
        {
            Output = output, Error = progress, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = s_cleanUpMax,
        });
    }

    /// <summary>Says everything that is wrong with the arguments.</summary>
    public static async Task<int> RefuseAsync(IEnumerable<string> problems, TextWriter progress)
    {
        foreach (var problem in problems)
        {
            await progress.WriteLineAsync(problem);
        }

        await progress.WriteLineAsync("--help tells what there is. 用 --help 查看用法。");
        return NotRun;
    }

    /// <summary>
    /// Runs a scenario, prints its report and writes it to files where some are named. One that was ended before its time
    /// is reported and counts as not run.
    /// </summary>
    public static async Task<int> ExecuteAsync(
        Func<ScenarioContext, Task<Report>> run, ScenarioWishes wishes, TimeProvider time, TextWriter output, TextWriter progress)
    {
        try
        {
            var report = await run(new ScenarioContext(time, progress) { Silo = wishes.Silo, CountsCalls = wishes.CountsCalls });
            await output.WriteAsync(ReportText.Render(report));
            if (wishes.Json is { } json)
            {
                await File.WriteAllTextAsync(json, ReportJson.Render(report));
            }

            if (wishes.Html is { } html)
            {
                await File.WriteAllTextAsync(html, ReportHtml.Render(report));
            }

            return report.IsCancelled ? NotRun : report.IsMet ? Met : Missed;
        }
        catch (Exception e) when (e is InvalidOperationException or HttpRequestException or IOException or OperationCanceledException)
        {
            await progress.WriteLineAsync($"The scenario could not be run: {e.Message}");
            return NotRun;
        }
    }
}
