using System.CommandLine;
using System.CommandLine.Parsing;
using GridMesh.Load.Products;
using GridMesh.Load.Reports;
using GridMesh.Load.Scenarios;

namespace GridMesh.Load.Running;

/// <summary>The options that all load scenarios have in common, on the command line.</summary>
/// <param name="rateOf">What the rate is of; null: rate and duration follow from the scenario.</param>
internal sealed class RunArguments(RunOptions defaults, string? rateOf)
{
    private readonly Option<Uri?> _url = new("--url") { Description = "A product in Development that runs already; without it a silo of its own is started. 已运行的服务地址。", CustomParser = AddressOf };
    private readonly Option<int?> _pid = new("--pid") { Description = "Process of that product, to sample its processor time and memory. 进程号。" };
    private readonly Option<double> _duration = new("--duration") { Description = "Seconds to measure. 时长（秒）。", DefaultValueFactory = _ => defaults.Duration.TotalSeconds };
    private readonly Option<double> _rate = new("--rate") { Description = rateOf, DefaultValueFactory = _ => defaults.Rate };
    private readonly Option<int> _seed = new("--seed") { Description = "Seed of what is random. 随机种子。", DefaultValueFactory = _ => defaults.Seed };
    private readonly Option<ProductStorage> _storage = new("--storage") { Description = "sqlite or postgres, of a silo of its own. 存储。", DefaultValueFactory = _ => defaults.Storage };
    private readonly Option<string?> _connection = new("--connection") { Description = "PostgreSQL database that belongs to this run. 数据库连接串。" };
    private readonly Option<string?> _data = new("--data") { Description = "Folder that seed has filled, for a silo of its own; the run changes it. 数据目录。" };
    private readonly ScenarioArguments _general = new();

    public void AddTo(Command command)
    {
        Option[] shape = rateOf is null ? [] : [_duration, _rate];
        foreach (var option in new Option[] { _url, _pid, _seed, _storage, _connection, _data }.Concat(shape))
        {
            command.Add(option);
        }

        _general.AddTo(command);
    }

    /// <summary>What the command does: all problems of its options are told at once, or the scenario is run.</summary>
    /// <param name="optionsOf">The scenario's own options; the general ones are filled in.</param>
    public void Handle<T>(
        Command command, Func<ParseResult, T> optionsOf, Func<T, ScenarioContext, CancellationToken, Task<Report>> run,
        TimeProvider time, TextWriter output, TextWriter progress)
        where T : RunOptions =>
        command.SetAction(async (parsed, cancellation) =>
        {
            var options = Fill(optionsOf(parsed), parsed);
            var problems = options.Problems().ToArray();
            return problems.Length > 0
                ? await CommandLine.RefuseAsync(problems, progress)
                : await CommandLine.ExecuteAsync(
                    context => run(options, context, cancellation), _general.Read(parsed), time, output, progress);
        });

    /// <summary>The scenario's options with what the command line says.</summary>
    private T Fill<T>(T options, ParseResult parsed)
        where T : RunOptions
    {
        RunOptions general = options;
        return (T)(general with
        {
            Url = parsed.GetValue(_url),
            ProcessId = parsed.GetValue(_pid),
            Duration = rateOf is null ? general.Duration : TimeSpan.FromSeconds(Math.Clamp(parsed.GetValue(_duration), -1, 1e9)),
            Rate = rateOf is null ? general.Rate : parsed.GetValue(_rate),
            Seed = parsed.GetValue(_seed),
            Storage = parsed.GetValue(_storage),
            Connection = parsed.GetValue(_connection),
            Data = parsed.GetValue(_data),
        });
    }

    private static Uri? AddressOf(ArgumentResult result)
    {
        if (Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var url))
        {
            return url;
        }

        result.AddError($"--url is '{result.Tokens[0].Value}'; it has to be an address such as http://127.0.0.1:5080");
        return null;
    }
}
