using System.CommandLine;
using GridMesh.Load.Running;
using GridMesh.Load.Scenarios;

namespace GridMesh.Load;

/// <summary><c>cluster</c> on the command line.</summary>
internal static class ClusterCommand
{
    private const string Description =
        "Several silos and gateways: one silo killed, one drained, one added under traffic; figures of one and several silos"
        + " beside those of a process that is no part of a cluster. Needs a PostgreSQL 15, for example: initdb -D pg -A trust -U postgres && pg_ctl -D pg -o \"-p 5499 -c max_connections=300\" start. 多节点集群的故障与性能。";

    private static readonly ClusterOptions s_defaults = new();

    public static Command Create(TimeProvider time, TextWriter output, TextWriter progress)
    {
        var connection = new Option<string?>("--connection") { Description = "A database on a PostgreSQL where others may be made. 可建库的数据库连接串。" };
        var silos = new Option<int>("--silos") { Description = "Silos of the cluster. 节点数。", DefaultValueFactory = _ => s_defaults.Silos };
        var gateways = new Option<int>("--gateways") { Description = "Gateways in front of them. 网关数。", DefaultValueFactory = _ => s_defaults.Gateways };
        var speed = new Option<double>("--speed") { Description = "Speed of the demo traffic. 演示流量倍速。", DefaultValueFactory = _ => s_defaults.Speed };
        var rate = new Option<double>("--rate") { Description = "Reports a second. 每秒上报数。", DefaultValueFactory = _ => s_defaults.Rate };
        var duration = new Option<double>("--duration") { Description = "Seconds of each measurement. 每项测量时长（秒）。", DefaultValueFactory = _ => s_defaults.Duration.TotalSeconds };
        var callers = new Option<int>("--callers") { Description = "Callers of whole lifecycles. 闭环并发数。", DefaultValueFactory = _ => s_defaults.Callers };
        var area = new Option<string>("--area") { Description = "District to work in. 区划代码。", DefaultValueFactory = _ => s_defaults.Area };
        var seed = new Option<int>("--seed") { Description = "Seed of what is random. 随机种子。", DefaultValueFactory = _ => s_defaults.Seed };
        var logs = new Option<string?>("--logs") { Description = "Folder for what the processes print. 进程日志目录。" };
        var general = new ScenarioArguments();
        var command = new Command(ClusterScenario.Name, Description)
        {
            connection, silos, gateways, speed, rate, duration, callers, area, seed, logs,
        };
        general.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var options = new ClusterOptions
            {
                Connection = parsed.GetValue(connection),
                Silos = parsed.GetValue(silos),
                Gateways = parsed.GetValue(gateways),
                Speed = parsed.GetValue(speed),
                Rate = parsed.GetValue(rate),
                Duration = TimeSpan.FromSeconds(Math.Clamp(parsed.GetValue(duration), -1, 1e9)),
                Callers = parsed.GetValue(callers),
                Area = parsed.GetValue(area)!,
                Seed = parsed.GetValue(seed),
                Logs = parsed.GetValue(logs),
            };
            var problems = options.Problems().ToArray();
            return problems.Length > 0
                ? await CommandLine.RefuseAsync(problems, progress)
                : await CommandLine.ExecuteAsync(
                    context => new ClusterScenario(options, context).RunAsync(cancellation), general.Read(parsed), time, output, progress);
        });
        return command;
    }
}
