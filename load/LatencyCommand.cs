using System.CommandLine;
using GridMesh.Load.Running;
using GridMesh.Load.Scenarios;

namespace GridMesh.Load;

/// <summary><c>latency</c> on the command line.</summary>
internal static class LatencyCommand
{
    private static readonly LatencyOptions s_defaults = new();

    public static Command Create(TimeProvider time, TextWriter output, TextWriter progress)
    {
        var area = new Option<string>("--area") { Description = "District to report in. 区划代码。", DefaultValueFactory = _ => s_defaults.Area };
        var speed = new Option<double>("--speed") { Description = "Speed of the demo traffic of its own silo. 演示流量倍速。", DefaultValueFactory = _ => s_defaults.Speed };
        var common = new RunArguments(s_defaults, "Reports a second. 每秒上报数。");
        var command = new Command(
            LatencyScenario.Name,
            "Reports cases at a fixed rate and measures until they are on the wall. 上报到大屏的时延。")
        {
            area, speed,
        };
        common.AddTo(command);
        common.Handle(
            command,
            parsed => new LatencyOptions { Area = parsed.GetValue(area)!, Speed = parsed.GetValue(speed) },
            (options, context, cancellation) => new LatencyScenario(options, context).RunAsync(cancellation),
            time, output, progress);
        return command;
    }
}
