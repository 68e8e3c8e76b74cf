using System.CommandLine;

namespace GridMesh.Load.Options;

/// <summary>Where a command's report goes, and where it says how far it is.</summary>
internal sealed record Terminal(TimeProvider Time, TextWriter Output, TextWriter Progress);

/// <summary>A scenario as a command. Exit 0: every threshold is met; 1: one is missed; 2: it was not run.</summary>
internal static class ScenarioCommand
{
    private const int Met = 0;
    private const int Missed = 1;
    private const int NotRun = 2;

    public static Command Create<T>(
        string name, string text, Terminal terminal, T defaults,
        Func<T, LoadContext, Func<CancellationToken, Task<Report>>> scenario)
        where T : LoadOptions
    {
        var command = new Command(name, text);
        var asked = Asked.Of(defaults);
        foreach (var one in asked)
            command.Add(one.Option);
        command.SetAction(async (parsed, cancellation) =>
        {
            var options = (T)(defaults with { });
            string[] problems = [.. asked.Select(one => one.Fill(options, parsed)).OfType<string>()];
            problems = [.. problems, .. problems.Length == 0 ? options.Problems() : []];
            return problems.Length > 0
                ? await RefuseAsync(problems, terminal.Progress)
                : await ExecuteAsync(name, options, context => scenario(options, context)(cancellation), terminal);
        });
        return command;
    }

    public static async Task<int> RefuseAsync(IEnumerable<string> problems, TextWriter progress)
    {
        foreach (var problem in problems.Append("--help tells what there is. 用 --help 查看用法。"))
            await progress.WriteLineAsync(problem);
        return NotRun;
    }

    /// <summary>One that was ended before its time is reported and counts as not run.</summary>
    private static async Task<int> ExecuteAsync(
        string name, LoadOptions options, Func<LoadContext, Task<Report>> run, Terminal terminal)
    {
        try
        {
            var context = new LoadContext(name, options, terminal);
            var report = context.Complete(await run(context));
            await terminal.Output.WriteAsync(ReportText.Render(report));
            if (options.Json is { } json)
                await File.WriteAllTextAsync(json, ReportText.Json(report));
            if (options.Html is { } html)
                await File.WriteAllTextAsync(html, ReportHtml.Render(report));
            return report.IsCancelled ? NotRun : report.IsMet ? Met : Missed;
        }
        catch (Exception e) when (e is InvalidOperationException or HttpRequestException or IOException
            or OperationCanceledException)
        {
            await terminal.Progress.WriteLineAsync($"The scenario could not be run: {e.Message}");
            return NotRun;
        }
    }
}
