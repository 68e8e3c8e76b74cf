using System.CommandLine;
using GridMesh.Load.Running;
using GridMesh.Load.Scenarios;

namespace GridMesh.Load;

/// <summary><c>fanout</c> on the command line.</summary>
internal static class FanoutCommand
{
    private static readonly FanoutOptions s_defaults = new();

    public static Command Create(TimeProvider time, TextWriter output, TextWriter progress)
    {
        var area = new Option<string>("--area") { Description = "District to watch. 区划代码。", DefaultValueFactory = _ => s_defaults.Area };
        var clients = new Option<int>("--clients") { Description = "Connections. 客户端数。", DefaultValueFactory = _ => s_defaults.Clients };
        var areas = new Option<int>("--areas") { Description = "Grids that the clients watch in turn. 网格数。", DefaultValueFactory = _ => s_defaults.Areas };
        var flood = new Option<double>("--flood") { Description = "Frames a second of a grid, more than can be delivered. 过载阶段每网格每秒帧数。", DefaultValueFactory = _ => s_defaults.Flood };
        var rounds = new Option<int>("--rounds") { Description = "Rounds of bare SignalR and the product in turn. 轮数。", DefaultValueFactory = _ => s_defaults.Rounds };
        var common = new RunArguments(s_defaults, "Frames a second of a grid in the steady phase. 平稳阶段每网格每秒帧数。");
        var command = new Command(
            FanoutScenario.Name,
            "Thousands of walls and phones on one gateway, beside a bare SignalR hub that sends the same. 万级大屏与手机的推送性能。")
        {
            area, clients, areas, flood, rounds,
        };
        common.AddTo(command);
        common.Handle(
            command,
            parsed => new FanoutOptions
            {
                Area = parsed.GetValue(area)!,
                Clients = parsed.GetValue(clients),
                Areas = parsed.GetValue(areas),
                Flood = parsed.GetValue(flood),
                Rounds = parsed.GetValue(rounds),
            },
            (options, context, cancellation) => new FanoutScenario(options, context).RunAsync(cancellation),
            time, output, progress);
        return command;
    }
}
