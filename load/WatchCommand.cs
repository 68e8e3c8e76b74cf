using System.CommandLine;
using GridMesh.Load.Running;
using GridMesh.Load.Watches;

namespace GridMesh.Load;

/// <summary><c>watches</c> on the command line.</summary>
internal static class WatchCommand
{
    private static readonly WatchOptions s_defaults = new();

    public static Command Create(TimeProvider time, TextWriter output, TextWriter progress)
    {
        var watches = new Option<int>("--watches") { Description = "Watched households. 关爱户数。", DefaultValueFactory = _ => s_defaults.Watches };
        var due = new Option<int>("--due") { Description = "Households more whose window ends within a minute; every other one is heard of before. 一分钟内到期户数。", DefaultValueFactory = _ => s_defaults.Due };
        var lead = new Option<int>("--lead") { Description = "Seconds for the import and the start. 准备时间（秒）。", DefaultValueFactory = _ => s_defaults.Lead };
        var common = new RunArguments(s_defaults, "Door events a second. 每秒门禁事件数。");
        var command = new Command(
            WatchScenario.Name, "What very many watches cost between their events, and whether alarms come in time. 关爱：平时开销与报警准时。")
        {
            watches, due, lead,
        };
        common.AddTo(command);
        common.Handle(
            command,
            parsed => s_defaults with { Watches = parsed.GetValue(watches), Due = parsed.GetValue(due), Lead = parsed.GetValue(lead) },
            (options, context, cancellation) => new WatchScenario(options, context).RunAsync(cancellation),
            time, output, progress);
        return command;
    }
}
