using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Exporters.Json;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace GridMesh.Bench.Micro;

/// <summary>
/// The hot paths one by one with BenchmarkDotNet. A short job in this process: a few minutes for all of them, good for
/// comparing two builds on a quiet machine, and less precise than a long job.
/// </summary>
internal static class MicroBench
{
    private const string Export = "--export";

    /// <param name="args">Filters such as <c>*Rollup*</c>, and <c>--export</c> with a folder.</param>
    public static int Run(string[] args)
    {
        var at = Array.IndexOf(args, Export);
        if (at >= 0 && at + 1 >= args.Length)
        {
            Console.Error.WriteLine($"{Export} needs a folder. {Export} 需要一个目录。");
            return 1;
        }

        string[] filters = at < 0 ? args : [.. args[..at], .. args[(at + 2)..]];
        var summaries = BenchmarkSwitcher.FromAssembly(typeof(MicroBench).Assembly)
            .Run(["--filter", .. filters.Length > 0 ? filters : ["*"]], ConfigOf(at < 0 ? null : args[at + 1]))
                .ToArray();
        return summaries.Length > 0
            && summaries.All(
                summary => !summary.HasCriticalValidationErrors && summary.Reports.All(report => report.Success)) ? 0
                    : 1;
    }

    /// <param name="folder">Null: nothing is kept.</param>
    private static IConfig ConfigOf(string? folder)
    {
        var config = new ManualConfig()
            .AddJob(Job.ShortRun.WithToolchain(new InProcessEmitToolchain(new())))
            .AddDiagnoser(MemoryDiagnoser.Default)
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddLogger(ConsoleLogger.Default)
            .WithOptions(ConfigOptions.JoinSummary)
            .WithArtifactsPath(folder ?? Path.Combine(Path.GetTempPath(), "gridmesh-bench"));
        return folder is null ? config : config.AddExporter(MarkdownExporter.GitHub, JsonExporter.FullCompressed);
    }
}
