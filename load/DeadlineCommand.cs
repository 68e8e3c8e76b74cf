using System.CommandLine;
using GridMesh.Load.Products;
using GridMesh.Load.Running;
using GridMesh.Load.Scenarios;

namespace GridMesh.Load;

/// <summary><c>deadlines</c> on the command line.</summary>
internal static class DeadlineCommand
{
    private static readonly DeadlineOptions s_defaults = new();

    public static Command Create(TimeProvider time, TextWriter output, TextWriter progress)
    {
        var cases = new Option<int>("--cases") { Description = "Open cases that fall due. 到期案件数。", DefaultValueFactory = _ => s_defaults.Cases };
        var span = new Option<int>("--span") { Description = "Seconds from the first to the last. 到期时间跨度（秒）。", DefaultValueFactory = _ => s_defaults.Span };
        var lead = new Option<int>("--lead") { Description = "Seconds until the first, for import and start. 准备时间（秒）。", DefaultValueFactory = _ => s_defaults.Lead };
        var kill = new Option<bool>("--kill") { Description = "Kill -9 in the middle and start again. 中途强制终止。" };
        var seed = new Option<int>("--seed") { Description = "Seed of the district. 随机种子。", DefaultValueFactory = _ => s_defaults.Seed };
        var storage = new Option<ProductStorage>("--storage") { Description = "sqlite or postgres. 存储。", DefaultValueFactory = _ => s_defaults.Storage };
        var connection = new Option<string?>("--connection") { Description = "PostgreSQL database that belongs to this run. 数据库连接串。" };
        var general = new ScenarioArguments();
        var command = new Command(DeadlineScenario.Name, "Lets a district's cases fall due in the same minute and looks at how late each was. 同一分钟大量到期。")
        {
            cases, span, lead, kill, seed, storage, connection,
        };
        general.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var options = new DeadlineOptions
            {
                Cases = parsed.GetValue(cases),
                Span = parsed.GetValue(span),
                Lead = parsed.GetValue(lead),
                Kill = parsed.GetValue(kill),
                Seed = parsed.GetValue(seed),
                Storage = parsed.GetValue(storage),
                Connection = parsed.GetValue(connection),
            };
            var problems = options.Problems().ToArray();
            return problems.Length > 0
                ? await CommandLine.RefuseAsync(problems, progress)
                : await CommandLine.ExecuteAsync(
                    context => new DeadlineScenario(options, context).RunAsync(cancellation), general.Read(parsed), time, output, progress);
        });
        return command;
    }
}
