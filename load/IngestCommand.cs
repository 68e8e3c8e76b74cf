using System.CommandLine;
using GridMesh.Load.Ingests;
using GridMesh.Load.Running;

namespace GridMesh.Load;

/// <summary><c>ingest</c> on the command line.</summary>
internal static class IngestCommand
{
    private static readonly IngestOptions s_defaults = new() { Rate = IngestOptions.SinglesDefault, Duration = TimeSpan.FromSeconds(20) };

    public static Command Create(TimeProvider time, TextWriter output, TextWriter progress)
    {
        var connections = new Option<int>("--connections") { Description = "Connections of single requests. 单条上报连接数。", DefaultValueFactory = _ => s_defaults.Connections };
        var batched = new Option<double>("--batched") { Description = "Positions a second that have to go in by batches. 批量上报下限。", DefaultValueFactory = _ => s_defaults.Batched };
        var common = new RunArguments(s_defaults, "Single requests a second that have to be taken. 单条上报下限。");
        var command = new Command(
            IngestScenario.Name,
            "As many positions as go in, single and in batches, beside what Kestrel alone takes. 位置上报能力。")
        {
            connections, batched,
        };
        common.AddTo(command);
        common.Handle(
            command,
            parsed => s_defaults with { Connections = parsed.GetValue(connections), Batched = parsed.GetValue(batched) },
            (options, context, cancellation) => new IngestScenario(options, context).RunAsync(cancellation),
            time, output, progress);
        return command;
    }
}
