using System.Text.Json;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Incidents;
using GridMesh.Load.Clients;
using GridMesh.Load.Products;
using GridMesh.Load.Reports;
using GridMesh.Load.Running;
using GridMesh.Load.Scenarios;
using GridMesh.Load.Seeding;

namespace GridMesh.Load.Open311;

/// <summary>
/// An app of the city reports all over a district by Open311 with a key of its own, in JSON and XML in turn, while lists and
/// single requests are read. Whatever was acknowledged has to be a case.
/// </summary>
internal sealed class RequestScenario(RequestOptions options, ScenarioContext context)
{
    public const string Name = "open311";

    private const string Posts = "post";
    private const string Reads = "read";

    /// <summary>Every so many requests is sent again with its key.</summary>
    private const int RepeatEvery = 20;

    /// <summary>As many numbers as one question may name.</summary>
    private const int NumbersMax = 50;

    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(5);

    private readonly RequestLedger _ledger = new();
    private readonly string _key = Guid.NewGuid().ToString("N");
    private long _sent;
    private string? _last;

    public async Task<Report> RunAsync(CancellationToken cancellation)
    {
        var data = City.Build(1, options.Seed);
        await using var product = await DistrictProduct.StartAsync(data, [], options, KeySettings(data), context, cancellation);
        using var client = new RequestClient(product.Run.Url, _key);
        var result = await new LoadTest(Name, product.Run, context).RunAsync(
            [PostsOf(data, client), ReadsOf(client)], cancellation);
        context.Say($"{_ledger.Count} requests were acknowledged; looking for them");
        var states = await OpenAsync(client, cancellation);
        var inOrder = await product.Run.StopAsync();
        var verified = await product.VerifyAsync(cancellation);
        await foreach (var record in product.FactsAsync(cancellation))
        {
            _ledger.Add(record);
        }

        return LoadReport.Compose(
            Name, product.Run, result,
            new Dictionary<string, string>
            {
                ["load"] = $"{options.Rate} reports/s, {options.Reads} readings/s", ["duration"] = $"{options.Duration.TotalSeconds:F0} s",
                ["seed"] = $"{options.Seed}",
            },
            new LoadFindings
            {
                Figures = [new Figure("acknowledged requests, warm-up and repeats included", _ledger.Count, "")],
                Verdicts =
                [
                    .. _ledger.Verdicts(states),
                    new Verdict("verify", "= clean", verified.IsClean ? "clean" : verified.Output, verified.IsClean),
                    new Verdict("product stopped in order", "yes", inOrder ? "yes" : "no", inOrder),
                ],
            },
            context);
    }

    /// <summary>A key of the run with limits that the load keeps within.</summary>
    private string[] KeySettings(DirectoryData data) =>
    [
        "GridMesh:Open311:Keys:0:Name=load", $"GridMesh:Open311:Keys:0:Key={_key}",
        $"GridMesh:Open311:Keys:0:Area={data.Areas[0].Code.District}", "GridMesh:Open311:Keys:0:PerSecond=10000",
        "GridMesh:Open311:Keys:0:PerDay=100000000",
    ];

    private ScenarioProps PostsOf(DirectoryData data, RequestClient client)
    {
        var grids = data.Areas.Where(area => area.Code.Tier == Tier.Grid)
            .Select(GridArea.Of).ToArray();
        // Of public lines, so that everybody may read them.
        var categories = data.Standards.Where(standard => standard is { Line: Line.UrbanManagement, Alarm: null })
            .Select(standard => standard.Category).ToArray();
        return Scenario.Create(Posts, async iteration =>
            {
                var (turn, random) = (Interlocked.Increment(ref _sent), iteration.Random);
                var category = categories[random.Next(categories.Length)];
                if (grids[random.Next(grids.Length)].PlaceIn(random) is not { } at)
                {
                    return Response.Fail(statusCode: "no-place");
                }

                var answer = await client.PostAsync(category, at, turn % 2 == 0, $"load-{turn}", CancellationToken.None);
                if (!answer.IsMade)
                {
                    return Response.Fail(statusCode: $"{answer.Status}");
                }

                _ledger.Acknowledge(answer.Number!, category);
                Volatile.Write(ref _last, answer.Number);
                if (turn % RepeatEvery == 0)
                {
                    var again = await client.PostAsync(category, at, turn % 2 == 0, $"load-{turn}", CancellationToken.None);
                    _ledger.Repeat(answer.Number!, again.Number ?? $"{again.Status}");
                }

                return Response.Ok(sizeBytes: answer.Bytes);
            })
            .WithWarmUpDuration(s_warmUp)
            .WithMaxFailCount(int.MaxValue)
            .WithLoadSimulations(OpenRate.Inject(options.Rate, options.Duration))
            .WithThresholds(
                Threshold.Create(stats => stats.Ok.Request.Count > 0 && stats.Fail.Request.Count == 0),
                Threshold.Create(stats => stats.Ok.Latency.Percent99 < 250));
    }

    private ScenarioProps ReadsOf(RequestClient client)
    {
        var turn = 0L;
        return Scenario.Create(Reads, async _ =>
            {
                var one = Volatile.Read(ref _last);
                var path = Interlocked.Increment(ref turn) % 2 == 0 || one is null
                    ? "requests.json?status=open&page_size=20"
                    : $"requests/{one}.xml";
                var (status, text) = await client.GetAsync(path, CancellationToken.None);
                return status == 200 ? Response.Ok(sizeBytes: text.Length) : Response.Fail(statusCode: $"{status}");
            })
            .WithWarmUpDuration(s_warmUp)
            .WithMaxFailCount(int.MaxValue)
            .WithLoadSimulations(OpenRate.Inject(options.Reads, options.Duration))
            .WithThresholds(Threshold.Create(stats => stats.Ok.Request.Count > 0 && stats.Fail.Request.Count == 0));
    }

    /// <summary>How many of the acknowledged the door shows as open.</summary>
    private async Task<int> OpenAsync(RequestClient client, CancellationToken cancellation)
    {
        var open = 0;
        foreach (var numbers in _ledger.Numbers.Chunk(NumbersMax))
        {
            var (status, text) = await client.GetAsync($"requests.json?service_request_id={string.Join(',', numbers)}", cancellation);
            if (status != 200)
            {
                throw new InvalidOperationException($"the product does not tell of requests: {status}");
            }

            using var json = JsonDocument.Parse(text);
            open += json.RootElement.EnumerateArray().Count(item =>
                item.GetProperty("status").GetString() == "open" && numbers.Contains(item.GetProperty("service_request_id").GetString()));
        }

        return open;
    }
}
