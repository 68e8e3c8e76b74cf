using System.CommandLine;
using GridMesh.Load.Open311;
using GridMesh.Load.Running;

namespace GridMesh.Load;

/// <summary><c>open311</c> on the command line.</summary>
internal static class RequestCommand
{
    private static readonly RequestOptions s_defaults = new();

    public static Command Create(TimeProvider time, TextWriter output, TextWriter progress)
    {
        var reads = new Option<double>("--reads") { Description = "Lists and single requests read a second. 每秒查询数。", DefaultValueFactory = _ => s_defaults.Reads };
        var common = new RunArguments(s_defaults, "Reports a second. 每秒上报数。");
        var command = new Command(
            RequestScenario.Name, "An app of the city reports by Open311 and reads what it is told; each acknowledged request is a case. Open311 上报与查询。")
        {
            reads,
        };
        common.AddTo(command);
        common.Handle(
            command, parsed => s_defaults with { Reads = parsed.GetValue(reads) },
            (options, context, cancellation) => new RequestScenario(options, context).RunAsync(cancellation),
            time, output, progress);
        return command;
    }
}
