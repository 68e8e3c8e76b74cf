using System.CommandLine;
using GridMesh.Load.Scenarios;

namespace GridMesh.Load;

/// <summary><c>fanout</c> on the command line.</summary>
internal static class FanoutCommand
{
    private static readonly FanoutOptions s_defaults = new();

    public static Command Create(TimeProvider time, TextWriter output, TextWriter progress)
    {
        var url = new Option<Uri?>("--url") { Description = "A product in Development that runs already; without it a silo of its own is started. 已运行的服务地址。" };
        var pid = new Option<int?>("--pid") { Description = "Process of that product, to measure its memory and processor time. 进程号。" };
        var area = new Option<string>("--area") { Description = "District to watch. 区划代码。", DefaultValueFactory = _ => s_defaults.Area };
        var clients = new Option<int>("--clients") { Description = "Connections. 客户端数。", DefaultValueFactory = _ => s_defaults.Clients };
        var areas = new Option<int>("--areas") { Description = "Grids that the clients watch in turn. 网格数。", DefaultValueFactory = _ => s_defaults.Areas };
        var rate = new Option<double>("--rate") { Description = "Frames a second of a grid, steady phase. 平稳阶段每网格每秒帧数。", DefaultValueFactory = _ => s_defaults.Rate };
        var flood = new Option<double>("--flood") { Description = "Frames a second of a grid, more than can be delivered. 过载阶段每网格每秒帧数。", DefaultValueFactory = _ => s_defaults.Flood };
        var duration = new Option<double>("--duration") { Description = "Seconds of each phase. 每阶段时长（秒）。", DefaultValueFactory = _ => s_defaults.Duration.TotalSeconds };
        var rounds = new Option<int>("--rounds") { Description = "Rounds of bare SignalR and the product in turn. 轮数。", DefaultValueFactory = _ => s_defaults.Rounds };
        var seed = new Option<int>("--seed") { Description = "Seed of what is random. 随机种子。", DefaultValueFactory = _ => s_defaults.Seed };
        var json = new Option<string?>("--json") { Description = "File for the report as JSON. JSON 报告文件。" };
        var command = new Command(
            FanoutScenario.Name,
            "Thousands of walls and phones on one gateway, beside a bare SignalR hub that sends the same. 万级大屏与手机的推送性能。")
        {
            url, pid, area, clients, areas, rate, flood, duration, rounds, seed, json,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var options = new FanoutOptions
            {
                Url = parsed.GetValue(url),
                ProcessId = parsed.GetValue(pid),
                Area = parsed.GetValue(area)!,
                Clients = parsed.GetValue(clients),
                Areas = parsed.GetValue(areas),
                Rate = parsed.GetValue(rate),
                Flood = parsed.GetValue(flood),
                Duration = TimeSpan.FromSeconds(Math.Clamp(parsed.GetValue(duration), -1, 1e9)),
                Rounds = parsed.GetValue(rounds),
                Seed = parsed.GetValue(seed),
            };
            var problems = options.Problems().ToArray();
            return problems.Length > 0
                ? await CommandLine.RefuseAsync(problems, progress)
                : await CommandLine.ExecuteAsync(
                    context => new FanoutScenario(options, context).RunAsync(cancellation), new Running.ReportFiles(parsed.GetValue(json), null), time, output, progress);
        });
        return command;
    }
}
