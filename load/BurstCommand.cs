using System.CommandLine;
using GridMesh.Load.Running;
using GridMesh.Load.Scenarios;

namespace GridMesh.Load;

/// <summary><c>burst</c> on the command line.</summary>
internal static class BurstCommand
{
    private static readonly BurstOptions s_defaults = new();

    public static Command Create(TimeProvider time, TextWriter output, TextWriter progress)
    {
        var area = new Option<string>("--area") { Description = "District to work in. 区划代码。", DefaultValueFactory = _ => s_defaults.Area };
        var times = new Option<int>("--times") { Description = "Times the rates. 峰值倍数。", DefaultValueFactory = _ => s_defaults.Times };
        var step = new Option<int>("--step") { Description = "Seconds of each step. 每级时长（秒）。", DefaultValueFactory = _ => s_defaults.StepSeconds };
        var crew = new Option<int>("--crew") { Description = "People who report and handle, over the grids of the district. 参与人数。", DefaultValueFactory = _ => s_defaults.Crew };
        var common = new RunArguments(s_defaults, rateOf: null);
        var command = new Command(BurstScenario.Name, "Spikes of lifecycles: 1, 15, 1, 25, 2, 35, 10, 0 a second, and multiples of it. 突发峰值。")
        {
            area, times, step, crew,
        };
        common.AddTo(command);
        common.Handle(
            command,
            parsed => new BurstOptions
            {
                Area = parsed.GetValue(area)!,
                Times = parsed.GetValue(times),
                StepSeconds = parsed.GetValue(step),
                Crew = parsed.GetValue(crew),
            },
            (options, context, cancellation) => new BurstScenario(options, context).RunAsync(cancellation),
            time, output, progress);
        return command;
    }
}
