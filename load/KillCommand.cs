using System.CommandLine;
using GridMesh.Load.Products;
using GridMesh.Load.Running;
using GridMesh.Load.Scenarios;

namespace GridMesh.Load;

/// <summary><c>kill</c> on the command line.</summary>
internal static class KillCommand
{
    private static readonly KillOptions s_defaults = new();

    public static Command Create(TimeProvider time, TextWriter output, TextWriter progress)
    {
        var kills = new Option<int>("--kills") { Description = "How often to kill. 强制终止次数。", DefaultValueFactory = _ => s_defaults.Kills };
        var storage = new Option<ProductStorage>("--storage") { Description = "sqlite or postgres. 存储。", DefaultValueFactory = _ => s_defaults.Storage };
        var connection = new Option<string?>("--connection") { Description = "PostgreSQL database that belongs to this run. 数据库连接串。" };
        var concurrency = new Option<int>("--concurrency") { Description = "Commands in flight at once. 并发数。", DefaultValueFactory = _ => s_defaults.Concurrency };
        var area = new Option<string>("--area") { Description = "District to work in. 区划代码。", DefaultValueFactory = _ => s_defaults.Area };
        var seed = new Option<int>("--seed") { Description = "Seed of what is random. 随机种子。", DefaultValueFactory = _ => s_defaults.Seed };
        var general = new ScenarioArguments();
        var command = new Command(
            KillScenario.Name,
            "Kills a silo of its own under load and looks for what was acknowledged. 强制终止后核对已确认的数据。")
        {
            kills, storage, connection, concurrency, area, seed,
        };
        general.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var options = new KillOptions
            {
                Kills = parsed.GetValue(kills),
                Storage = parsed.GetValue(storage),
                Connection = parsed.GetValue(connection),
                Concurrency = parsed.GetValue(concurrency),
                Area = parsed.GetValue(area)!,
                Seed = parsed.GetValue(seed),
            };
            var problems = options.Problems().ToArray();
            return problems.Length > 0
                ? await CommandLine.RefuseAsync(problems, progress)
                : await CommandLine.ExecuteAsync(
                    context => new KillScenario(options, context).RunAsync(cancellation), general.Read(parsed), time, output, progress);
        });
        return command;
    }
}
