using System.CommandLine;
using GridMesh.Load.Running;
using GridMesh.Load.Scenarios;

namespace GridMesh.Load;

/// <summary><c>seed</c> on the command line.</summary>
internal static class SeedCommand
{
    private static readonly SeedOptions s_defaults = new();

    public static Command Create(TimeProvider time, TextWriter output, TextWriter progress)
    {
        var data = new Option<string?>("--data") { Description = "Folder that the product is to run on. 数据目录。" };
        var connection = new Option<string?>("--connection") { Description = "An empty PostgreSQL database; without it SQLite in --data. 数据库连接串。" };
        var districts = new Option<int>("--districts") { Description = "Districts of a million people each. 区划数。", DefaultValueFactory = _ => s_defaults.Districts };
        var cases = new Option<int>("--cases") { Description = "Closed cases over all districts; 0: only districts. 已结案件数。", DefaultValueFactory = _ => s_defaults.Cases };
        var seed = new Option<int>("--seed") { Description = "Seed of what is random. 随机种子。", DefaultValueFactory = _ => s_defaults.Seed };
        var until = new Option<DateOnly>("--until")
        {
            Description = "The cases lie in the year before this day; today if not given. 截止日期。",
            DefaultValueFactory = _ => DateOnly.FromDateTime(time.GetUtcNow().AddHours(8).DateTime),
        };
        var package = new Option<string?>("--package") { Description = "Folder where the package is kept. 资料包目录。" };
        var resume = new Option<bool>("--resume") { Description = "Go on where an import of the same options broke off. 续导。" };
        var general = new ScenarioArguments();
        var command = new Command(
            SeedScenario.Name,
            "Makes districts with a year of closed cases and imports them into an empty store. 生成区划和一年的已结案件并导入。")
        {
            data, connection, districts, cases, seed, until, package, resume,
        };
        general.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var options = new SeedOptions
            {
                Data = parsed.GetValue(data),
                Connection = parsed.GetValue(connection),
                Districts = parsed.GetValue(districts),
                Cases = parsed.GetValue(cases),
                Seed = parsed.GetValue(seed),
                Until = parsed.GetValue(until),
                Package = parsed.GetValue(package),
                Resume = parsed.GetValue(resume),
            };
            var problems = options.Problems().ToArray();
            return problems.Length > 0
                ? await CommandLine.RefuseAsync(problems, progress)
                : await CommandLine.ExecuteAsync(
                    context => new SeedScenario(options, context).RunAsync(cancellation), general.Read(parsed), time, output, progress);
        });
        return command;
    }
}
