using System.CommandLine;
using System.CommandLine.Parsing;
using GridMesh.Load.Scenarios;

namespace GridMesh.Load;

/// <summary><c>latency</c> on the command line.</summary>
internal static class LatencyCommand
{
    private static readonly LatencyOptions s_defaults = new();

    public static Command Create(TimeProvider time, TextWriter output, TextWriter progress)
    {
        var url = new Option<Uri?>("--url") { Description = "A product in Development that runs already; without it a silo of its own is started. 已运行的服务地址。", CustomParser = AddressOf };
        var pid = new Option<int?>("--pid") { Description = "Process of that product, to sample its processor time and memory. 进程号。" };
        var area = new Option<string>("--area") { Description = "District to report in. 区划代码。", DefaultValueFactory = _ => s_defaults.Area };
        var rate = new Option<double>("--rate") { Description = "Reports a second. 每秒上报数。", DefaultValueFactory = _ => s_defaults.Rate };
        var duration = new Option<double>("--duration") { Description = "Seconds to measure. 时长（秒）。", DefaultValueFactory = _ => s_defaults.Duration.TotalSeconds };
        var speed = new Option<double>("--speed") { Description = "Speed of the demo traffic of its own silo. 演示流量倍速。", DefaultValueFactory = _ => s_defaults.Speed };
        var seed = new Option<int>("--seed") { Description = "Seed of what is random. 随机种子。", DefaultValueFactory = _ => s_defaults.Seed };
        var json = new Option<string?>("--json") { Description = "File for the report as JSON. JSON 报告文件。" };
        var command = new Command(
            LatencyScenario.Name,
            "Reports cases at a fixed rate and measures until they are on the wall. 上报到大屏的时延。")
        {
            url, pid, area, rate, duration, speed, seed, json,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var options = new LatencyOptions
            {
                Url = parsed.GetValue(url),
                ProcessId = parsed.GetValue(pid),
                Area = parsed.GetValue(area)!,
                Rate = parsed.GetValue(rate),
                Duration = TimeSpan.FromSeconds(Math.Clamp(parsed.GetValue(duration), -1, 1e9)),
                Speed = parsed.GetValue(speed),
                Seed = parsed.GetValue(seed),
            };
            var problems = options.Problems().ToArray();
            return problems.Length > 0
                ? await CommandLine.RefuseAsync(problems, progress)
                : await CommandLine.ExecuteAsync(
                    context => LatencyScenario.RunAsync(options, context, cancellation), parsed.GetValue(json), time, output, progress);
        });
        return command;
    }

    public static Uri? AddressOf(ArgumentResult result)
    {
        if (Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var url))
        {
            return url;
        }

        result.AddError($"--url is '{result.Tokens[0].Value}'; it has to be an address such as http://127.0.0.1:5080");
        return null;
    }
}
