using System.CommandLine;
using GridMesh.Load.Running;
using GridMesh.Load.Scenarios;

namespace GridMesh.Load;

/// <summary><c>lifecycle</c> on the command line.</summary>
internal static class LifecycleCommand
{
    private static readonly LifecycleOptions s_defaults = new();

    public static Command Create(TimeProvider time, TextWriter output, TextWriter progress)
    {
        var area = new Option<string>("--area") { Description = "District to work in. 区划代码。", DefaultValueFactory = _ => s_defaults.Area };
        var callers = new Option<int>("--callers") { Description = "Callers, each with its next case when the last has ended; 0: at --rate. 闭环并发数，0 为按速率。", DefaultValueFactory = _ => s_defaults.Callers };
        var crew = new Option<int>("--crew") { Description = "People who report and handle, over the grids of the district. 参与人数。", DefaultValueFactory = _ => s_defaults.Crew };
        var common = new RunArguments(s_defaults, "Lifecycles a second. 每秒案件数。");
        var command = new Command(LifecycleScenario.Name, "Takes cases through the whole loop by HTTP, at a fixed rate or as many as some callers can. 案件全流程。")
        {
            area, callers, crew,
        };
        common.AddTo(command);
        common.Handle(
            command,
            parsed => new LifecycleOptions
            {
                Area = parsed.GetValue(area)!,
                Callers = parsed.GetValue(callers),
                Crew = parsed.GetValue(crew),
            },
            (options, context, cancellation) => new LifecycleScenario(options, context).RunAsync(cancellation),
            time, output, progress);
        return command;
    }
}
