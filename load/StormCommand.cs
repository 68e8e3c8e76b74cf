using System.CommandLine;
using GridMesh.Load.Running;
using GridMesh.Load.Scenarios;

namespace GridMesh.Load;

/// <summary><c>storm</c> on the command line.</summary>
internal static class StormCommand
{
    private static readonly StormOptions s_defaults = new();

    public static Command Create(TimeProvider time, TextWriter output, TextWriter progress)
    {
        var area = new Option<string>("--area") { Description = "District to work in. 区划代码。", DefaultValueFactory = _ => s_defaults.Area };
        var crew = new Option<int>("--crew") { Description = "People who report and handle, over the grids of the district. 参与人数。", DefaultValueFactory = _ => s_defaults.Crew };
        var common = new RunArguments(s_defaults, "Usual lifecycles a second of the whole district. 全区平时每秒案件数。");
        var command = new Command(StormScenario.Name, "A hundred times the cases of one town, while the rest goes on. 单镇街暴增。")
        {
            area, crew,
        };
        common.AddTo(command);
        common.Handle(
            command,
            parsed => new StormOptions
            {
                Area = parsed.GetValue(area)!,
                Crew = parsed.GetValue(crew),
            },
            (options, context, cancellation) => new StormScenario(options, context).RunAsync(cancellation),
            time, output, progress);
        return command;
    }
}
