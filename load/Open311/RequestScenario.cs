namespace GridMesh.Load.Open311;

internal sealed record RequestOptions : StoreOptions
{
    [Asked("Reports a second. 每秒上报数。", 0, 1_000)]
    public double Rate { get; init; } = 50;

    [Asked("Seconds to measure. 时长（秒）。", 0, 600)]
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(60);
}

/// <summary>An app of the city reports and reads by Open311; what was acknowledged has to be a case.</summary>
internal sealed class RequestScenario(RequestOptions options, LoadContext context)
{
    private const int RepeatEvery = 20;

    /// <summary>Lists and single requests read for each report, half of each.</summary>
    private const double ReadShare = 0.4;

    /// <summary>As many numbers as one question may name.</summary>
    private const int NumbersMax = 50;
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(5);
    private readonly RequestLedger _ledger = new();
    private readonly string _key = Guid.NewGuid().ToString("N");
    private long _sent;
    private long _read;
    private string? _last;

    public async Task<Report> RunAsync(CancellationToken cancellation)
    {
        var data = City.Build(1, options.Seed);
        // A key of the run with limits that the load keeps within.
        string[] settings =
        [
            .. Product.Quiet, "GridMesh:Open311:Keys:0:Name=load", $"GridMesh:Open311:Keys:0:Key={_key}",
            $"GridMesh:Open311:Keys:0:Area={data.Areas[0].Code.District}", "GridMesh:Open311:Keys:0:PerSecond=10000",
            "GridMesh:Open311:Keys:0:PerDay=100000000",
        ];
        await using var product = await Product.StartAsync(options, data, [], settings, context, cancellation);
        var client = new RequestClient(product.Client, _key);
        await product.LoadAsync([PostsOf(data, client), ReadsOf(client)], cancellation);
        product.Report.Add("acknowledged requests, warm-up and repeats included", _ledger.Count);
        context.Say($"{_ledger.Count} requests were acknowledged; looking for them");
        _ledger.ShownAsOpen = await OpenAsync(client, cancellation);
        await product.JudgeAsync(_ledger, cancellation);
        return product.Report;
    }

    /// <summary>Of public lines, so that everybody may read them.</summary>
    private Scenario PostsOf(DirectoryData data, RequestClient client)
    {
        var grids = data.Areas.Where(area => area.Code.Tier == Tier.Grid).Select(GridArea.Of).ToArray();
        var categories = data.Standards.Where(standard => standard is { Line: Line.UrbanManagement, Alarm: null })
            .Select(standard => standard.Category).ToArray();
        return new Scenario("post", async iteration =>
        {
            var (turn, random) = (Interlocked.Increment(ref _sent), iteration.Random);
            var category = categories[random.Next(categories.Length)];
            if (grids[random.Next(grids.Length)].PlaceIn(random) is not { } at)
                return Response.Fail("no-place");
            Task<(Answer Answer, string? Number)> PostAsync() =>
                client.PostAsync(category, at, turn % 2 == 0, $"load-{turn}");
            var (answer, number) = await PostAsync();
            if (number is null)
                return Response.Fail(answer.Code);
            _ledger.Acknowledge(number, category);
            Volatile.Write(ref _last, number);
            if (turn % RepeatEvery == 0 && await PostAsync() is var again)
                _ledger.Repeat(number, again.Number ?? again.Answer.Code);
            return Response.Of(answer);
        })
        {
            WarmUp = s_warmUp, Load = [Stretch.Open(options.Rate, options.Duration)],
            Thresholds = [Threshold.AllGoWell, Threshold.P99(belowMs: 250)],
        };
    }

    private Scenario ReadsOf(RequestClient client) => new("read", async _ =>
    {
        var path = Interlocked.Increment(ref _read) % 2 == 0 || Volatile.Read(ref _last) is not { } one
            ? "requests.json?status=open&page_size=20"
            : $"requests/{one}.xml";
        return Response.Of(await client.GetAsync(path, CancellationToken.None));
    })
    {
        WarmUp = s_warmUp, Load = [Stretch.Open(options.Rate * ReadShare, options.Duration)],
        Thresholds = [Threshold.AllGoWell],
    };

    private async Task<int> OpenAsync(RequestClient client, CancellationToken cancellation)
    {
        var open = 0;
        foreach (var numbers in _ledger.Numbers.Chunk(NumbersMax))
        {
            var told = (await client.GetAsync(
                $"requests.json?service_request_id={string.Join(',', numbers)}", cancellation)).Expect("requests");
            open += told.EnumerateArray().Count(item =>
                item.GetProperty("status").GetString() == "open"
                    && numbers.Contains(item.GetProperty("service_request_id").GetString()));
        }

        return open;
    }
}
