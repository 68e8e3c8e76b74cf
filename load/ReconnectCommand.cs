using System.CommandLine;
using GridMesh.Load.Running;
using GridMesh.Load.Scenarios;

namespace GridMesh.Load;

/// <summary><c>reconnect</c> on the command line.</summary>
internal static class ReconnectCommand
{
    private static readonly ReconnectOptions s_defaults = new();

    public static Command Create(TimeProvider time, TextWriter output, TextWriter progress)
    {
        var area = new Option<string>("--area") { Description = "District to watch. 区划代码。", DefaultValueFactory = _ => s_defaults.Area };
        var clients = new Option<int>("--clients") { Description = "Connections. 客户端数。", DefaultValueFactory = _ => s_defaults.Clients };
        var areas = new Option<int>("--areas") { Description = "Grids that the phones watch in turn. 网格数。", DefaultValueFactory = _ => s_defaults.Areas };
        var common = new RunArguments(s_defaults, "Cases a second meanwhile. 期间每秒上报数。");
        var command = new Command(
            ReconnectScenario.Name,
            "All lines are cut at once and everybody comes back within --duration. 全部断线后限时重连。")
        {
            area, clients, areas,
        };
        common.AddTo(command);
        common.Handle(
            command,
            parsed => new ReconnectOptions
            {
                Area = parsed.GetValue(area)!,
                Clients = parsed.GetValue(clients),
                Areas = parsed.GetValue(areas),
            },
            (options, context, cancellation) => new ReconnectScenario(options, context).RunAsync(cancellation),
            time, output, progress);
        return command;
    }
}
