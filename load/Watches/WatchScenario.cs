using System.Net.Http.Headers;
using System.Text.Json;
using GridMesh.Contracts.Buildings;
using GridMesh.Contracts.Directory;
using GridMesh.Load.Clients;
using GridMesh.Load.Measuring;
using GridMesh.Load.Products;
using GridMesh.Load.Reports;
using GridMesh.Load.Running;
using GridMesh.Load.Scenarios;
using GridMesh.Load.Seeding;

namespace GridMesh.Load.Watches;

/// <summary>
/// Doors of a district open over a store without watches and then over one with very many, in one run: between their events
/// they must cost nothing. Then some windows end within a minute, and who was not heard of has to alarm in time.
/// </summary>
internal sealed class WatchScenario(WatchOptions options, ScenarioContext context)
{
    public const string Name = "watches";

    private const string Events = "sensors/events";

    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_span = TimeSpan.FromSeconds(50);
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(10);

    private readonly TimeProvider _time = context.Time;
    private readonly DirectoryData _data = City.Build(1, options.Seed);

    public async Task<Report> RunAsync(CancellationToken cancellation)
    {
        DoorsPart without;
        LoadResult before;
        await using (var bare = await DistrictProduct.StartAsync(_data, [], options, [], context, cancellation))
        {
            (without, before) = await OpenDoorsAsync(bare.Run, "doors_without", cancellation);
            await bare.Run.StopAsync();
        }

        var first = _time.GetUtcNow() + s_warmUp + options.Duration + TimeSpan.FromSeconds(options.Lead);
        var made = new MadeWatches(_data, options.Watches, options.Due, first, s_span);
        context.Say($"{options.Watches} watches; {made.Silent.Count} more will alarm from {first:HH:mm:ss} on");
        await using var product = await DistrictProduct.StartAsync(_data, made.Records(), options, [], context, cancellation);
        var (with, after) = await OpenDoorsAsync(product.Run, "doors_with", cancellation);
        await HearAsync(product.Run.Url, made.Heard, cancellation);
        if (_time.GetUtcNow() >= first)
        {
            throw new InvalidOperationException($"the first window ended before everything was measured: ask for more than --lead {options.Lead}");
        }

        var left = first + s_span + s_grace - _time.GetUtcNow();
        context.Say($"{left.TotalSeconds:F0} s to go");
        await Task.Delay(left, _time, cancellation);
        var inOrder = await product.Run.StopAsync();
        var verified = await product.VerifyAsync(cancellation);
        var judge = new AlarmJudge(made.Silent);
        await foreach (var record in product.FactsAsync(cancellation))
        {
            judge.Add(record);
        }

        return Compose(product.Run, before, after, new WatchCost(without, with, options.Watches + options.Due), judge, verified, inOrder);
    }

    /// <summary>Doors all over the district, one event in a request, as many a second as a district has.</summary>
    private async Task<(DoorsPart, LoadResult)> OpenDoorsAsync(RunProduct product, string name, CancellationToken cancellation)
    {
        using var client = new MeshClient(product.Url);
        var token = new AuthenticationHeaderValue("Bearer", await client.TokenAsync("supervisor", _data.Areas[0].Code.District.Value));
        var doors = _data.Devices.Where(device => device.Kind == SensorKind.Door).Select(device => device.Id).ToArray();
        using var commands = new CommandClient(product.Url);
        var sent = 0L;
        var scenario = Scenario.Create(name, async iteration =>
            {
                var body = BodyOf([doors[iteration.Random.Next(doors.Length)]]);
                var answer = await commands.PostAsync(
                    Events, token, body, $"{name}-{Interlocked.Increment(ref sent)}", CancellationToken.None);
                return answer.IsSuccess ? Response.Ok(sizeBytes: answer.Bytes) : Response.Fail(statusCode: answer.Code);
            })
            .WithWarmUpDuration(s_warmUp)
            .WithMaxFailCount(int.MaxValue)
            .WithLoadSimulations(OpenRate.Inject(options.Rate, options.Duration))
            .WithThresholds(Threshold.Create(stats => stats.Ok.Request.Count > 0 && stats.Fail.Request.Count == 0));
        var result = await new LoadTest(Name, product, context).RunAsync([scenario], cancellation);
        var cpu = result.ProcessFigures.First(figure => figure.Name == "product: processor, mean").Value;
        var memory = await SettledMemory.ReadAsync(product.ProcessId!.Value, _time, cancellation);
        context.Say($"{name}: {cpu:F1} % of a core, {memory / 1_000_000:F0} MB");
        return (new DoorsPart(cpu, memory), result);
    }

    /// <summary>Every door behind which nobody must alarm opens once more.</summary>
    private async Task HearAsync(Uri url, IEnumerable<string> doors, CancellationToken cancellation)
    {
        const int BatchMax = 1_000;
        using var client = new MeshClient(url);
        var token = new AuthenticationHeaderValue("Bearer", await client.TokenAsync("supervisor", _data.Areas[0].Code.District.Value));
        using var commands = new CommandClient(url);
        foreach (var (i, some) in doors.Chunk(BatchMax).Index())
        {
            var answer = await commands.PostAsync(Events, token, BodyOf(some), $"heard-{i}", cancellation);
            if (!answer.IsSuccess)
            {
                throw new InvalidOperationException($"the product does not take door events: {answer.Code}");
            }
        }
    }

    private byte[] BodyOf(IEnumerable<string> doors)
    {
        var now = _time.GetUtcNow();
        return JsonSerializer.SerializeToUtf8Bytes(doors.Select(door => new { device = door, kind = "Door", at = now }));
    }

    private Report Compose(
        RunProduct product, LoadResult before, LoadResult after, WatchCost cost, AlarmJudge judge, Verified verified, bool inOrder)
    {
        Dictionary<string, string> settings = new()
        {
            ["load"] = $"{options.Rate} door events/s", ["duration"] = $"{options.Duration.TotalSeconds:F0} s each",
            ["watches"] = $"{options.Watches}", ["due"] = $"{options.Due}, half of them heard of", ["seed"] = $"{options.Seed}",
        };
        var bare = LoadReport.Compose(Name, product, before, settings, new LoadFindings(), context);
        var report = LoadReport.Compose(
            Name, product, after, settings,
            new LoadFindings
            {
                Figures = cost.Figures,
                Tables = [judge.Table],
                Verdicts =
                [
                    .. cost.Verdicts, .. judge.Verdicts,
                    new Verdict("verify", "= clean", verified.IsClean ? "clean" : verified.Output, verified.IsClean),
                    new Verdict("product stopped in order", "yes", inOrder ? "yes" : "no", inOrder),
                ],
            },
            context);
        return report with
        {
            Loads = [.. bare.Loads, .. report.Loads],
            Latencies = [.. bare.Latencies, .. report.Latencies, judge.Summary],
            Tables = [.. bare.Tables, .. report.Tables],
            Timelines = [.. bare.Timelines, .. report.Timelines],
            Thresholds = [.. bare.Thresholds, .. report.Thresholds],
            IsCancelled = bare.IsCancelled || report.IsCancelled,
        };
    }
}
