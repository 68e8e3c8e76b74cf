using System.CommandLine;
using GridMesh.Load.Patrols;
using GridMesh.Load.Running;

namespace GridMesh.Load;

/// <summary><c>patrols</c> on the command line.</summary>
internal static class PatrolCommand
{
    private static readonly PatrolOptions s_defaults = new();

    public static Command Create(TimeProvider time, TextWriter output, TextWriter progress)
    {
        var plans = new Option<int>("--plans") { Description = "Plans, each in a grid of its own. 巡查计划数。", DefaultValueFactory = _ => s_defaults.Plans };
        var checkpoints = new Option<int>("--checkpoints") { Description = "Checkpoints of a plan. 每个计划点位数。", DefaultValueFactory = _ => s_defaults.Checkpoints };
        var missed = new Option<int>("--missed") { Description = "Percent of them that nobody comes to. 漏巡百分比。", DefaultValueFactory = _ => s_defaults.Missed };
        var codes = new Option<int>("--codes") { Description = "Percent of the others that are scanned. 扫码百分比。", DefaultValueFactory = _ => s_defaults.Codes };
        var duration = new Option<double>("--duration") { Description = "Seconds in which the rounds are walked. 巡查时长（秒）。", DefaultValueFactory = _ => s_defaults.Duration.TotalSeconds };
        var common = new RunArguments(s_defaults, null);
        var command = new Command(
            PatrolScenario.Name, "The rounds of a whole district in one window, by position and by code; some checkpoints are missed. 全区巡查：围栏、扫码与漏巡。")
        {
            plans, checkpoints, missed, codes, duration,
        };
        common.AddTo(command);
        common.Handle(
            command,
            parsed => s_defaults with
            {
                Plans = parsed.GetValue(plans),
                Checkpoints = parsed.GetValue(checkpoints),
                Missed = parsed.GetValue(missed),
                Codes = parsed.GetValue(codes),
                Duration = TimeSpan.FromSeconds(Math.Clamp(parsed.GetValue(duration), -1, 1e9)),
            },
            (options, context, cancellation) => new PatrolScenario(options, context).RunAsync(cancellation),
            time, output, progress);
        return command;
    }
}
