namespace GridMesh.Load.People;

internal sealed record IngestOptions : StoreOptions
{
    [Asked("Connections of single requests, one at a time on each. 单条上报连接数。", 1, 20_000)]
    public int Connections { get; init; } = 2_048;

    [Asked("Seconds of each part. 每项时长（秒）。", 0, 3_600)]
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(20);
}

/// <summary>As many positions as go in, single and in batches, beside what Kestrel alone answers.</summary>
internal sealed class IngestScenario(IngestOptions options, LoadContext context)
{
    private const double SinglesMin = 20_000;
    private const double BatchedMin = 100_000;

    /// <summary>Enough people that a worker has answered before the next position is due, at any rate.</summary>
    private const int DistrictCount = 3;

    /// <summary>Batches under way at once. Answers wait for the disk, so a few would leave it idle.</summary>
    private const int BatchCopies = 12;
    private const int BatchSize = 1_000;
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(5);
    private readonly TimeProvider _time = context.Time;

    public async Task<Report> RunAsync(CancellationToken cancellation)
    {
        var data = City.Build(DistrictCount, options.Seed);
        var districts = PeopleDistrict.Of(data);
        await using var product = await Product.StartAsync(options, data, [], Product.Quiet, context, cancellation);
        var (client, report) = (product.Client, product.Report);
        var crowd = await Crowd.GatherAsync(districts, client, options.Seed, cancellation);
        context.Say($"{crowd.Count} workers on duty; each of three parts lasts {options.Duration.TotalSeconds} s");
        async Task<double> PerSecondAsync(SiloProcess server, Scenario scenario, string part)
        {
            await new LoadTest(server.ProcessId, MeshClient.Patience, context)
                .RunAsync([scenario], report, part, cancellation);
            return report.Of(scenario.Name).OkPerSecond;
        }

        var batched = await PerSecondAsync(product.Silo, await BatchesOf(districts, client), "batches, ") * BatchSize;
        var singles = await PerSecondAsync(product.Silo, SinglesOf("single", crowd, product.Url), "singles, ");
        await using var bare = await BareServer.StartAsync(cancellation);
        var limit = await PerSecondAsync(bare, SinglesOf("bare_kestrel", crowd, bare.Url), "Kestrel alone, ");
        await product.StopAsync();
        report.Add("positions in batches", batched, "/s");
        report.Add("single requests", singles, "/s");
        report.Add("single requests, share of Kestrel alone", singles / limit);
        report.Thresholds.Add(AtLeast("positions in batches", batched, BatchedMin));
        report.Thresholds.Add(AtLeast("single requests", singles, SinglesMin));
        report.Thresholds.Add(Verdict.Zero("failed", report.Loads.Sum(load => load.Failed)));
        return report;
    }

    private Scenario SinglesOf(string name, Crowd crowd, Uri server)
    {
        var lanes = new Lanes(server, options.Connections);
        return new Scenario(name, async iteration =>
            crowd.Step(iteration.Number, _time.GetUtcNow(), iteration.Random) is var (walker, request)
                ? await walker.SendAsync(request, lanes)
                : Response.Fail("still-sending"))
        {
            WarmUp = s_warmUp, Load = [Stretch.Closed(options.Connections, options.Duration)],
        };
    }

    private async Task<Scenario> BatchesOf(IReadOnlyList<PeopleDistrict> districts, MeshClient client)
    {
        var free = new ConcurrentQueue<(Positions Batch, string Lead)>();
        foreach (var district in districts)
        {
            var lead = await client.TokenAsync("lead", district.Code);
            foreach (var people in district.Walkers.Chunk(BatchSize).Where(chunk => chunk.Length == BatchSize))
                free.Enqueue((new Positions(people), lead));
        }

        return new Scenario("batches", async iteration =>
        {
            if (!free.TryDequeue(out var one))
                return Response.Fail("still-sending");
            try
            {
                var body = one.Batch.Step(_time.GetUtcNow(), iteration.Random);
                var answer = await client.PostAsync("positions", one.Lead, body.ToArray());
                return answer.IsSuccess && answer.Body.GetProperty("accepted").GetInt32() == BatchSize
                    ? Response.Of(answer) with { Bytes = body.Length }
                    : Response.Fail(answer.Code);
            }
            finally
            {
                free.Enqueue(one);
            }
        })
        {
            WarmUp = s_warmUp, Load = [Stretch.Closed(Math.Min(BatchCopies, free.Count), options.Duration)],
        };
    }

    private static Verdict AtLeast(string name, double found, double wanted) =>
        new(name, $">= {wanted:F0}/s", $"{found:F0}/s", found >= wanted);
}
