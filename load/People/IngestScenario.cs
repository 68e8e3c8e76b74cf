using System.Collections.Concurrent;
using GridMesh.Load.Fanout;

namespace GridMesh.Load.People;

internal sealed record IngestOptions : StoreOptions
{
    [Asked("Single requests a second that have to be taken. 单条上报下限。", 0, 100_000)]
    public double Rate { get; init; } = 20_000;

    [Asked("Positions a second that have to go in by batches. 批量上报下限。", 0, 10_000_000)]
    public double Batched { get; init; } = 100_000;

    [Asked("Connections of single requests, one at a time on each. 单条上报连接数。", 1, 20_000)]
    public int Connections { get; init; } = 2_048;

    [Asked("Seconds of each part. 每项时长（秒）。", 0, 3_600)]
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(20);
}

/// <summary>
/// As many positions as go in, durable each: one in a request, a thousand in a request; and beside it, in the same run
/// and by the same clients, what Kestrel alone answers.
/// </summary>
internal sealed class IngestScenario(IngestOptions options, LoadContext context)
{
    public const string Name = "ingest";
    private const string Singles = "single";
    private const string Batches = "batches";
    private const string Bare = "bare_kestrel";

    /// <summary>Enough people that a worker has answered before the next position is due, at any rate.</summary>
    private const int DistrictCount = 3;

    /// <summary>Batches under way at once. Answers wait for the disk, so a few would leave it idle.</summary>
    private const int BatchCopies = 12;
    private const int BatchSize = 1_000;
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(5);
    private readonly TimeProvider _time = context.Time;

    public async Task<Report> RunAsync(CancellationToken cancellation)
    {
        var data = Seeding.City.Build(DistrictCount, options.Seed);
        var districts = PeopleDistrict.Of(data);
        await using var product = await Product.StartAsync(options, data, [], Product.Quiet, context, cancellation);
        using var client = new MeshClient(product.Url);
        var crowd = await Crowd.GatherAsync(districts, client, options.Seed, _time, context.Say, cancellation);
        context.Say($"{crowd.Count} workers on duty; each of three parts lasts {options.Duration.TotalSeconds} s");
        var report = context.Report(product.Subject);
        var batched = await RunAsync(
            product, await BatchesOf(districts, client), "batches, ", report, cancellation) * BatchSize;
        var singles = await RunAsync(
            product, SinglesOf(Singles, crowd, product.Url), "singles, ", report, cancellation);
        await using var bare = await BareProcess.StartAsync(cancellation);
        var limit = await RunAsync(
            Product.Beside(bare.Url, bare.ProcessId), SinglesOf(Bare, crowd, bare.Url), "Kestrel alone, ", report,
            cancellation);
        await product.StopAsync();
        report.Add("positions in batches", batched, "/s");
        report.Add("single requests", singles, "/s");
        report.Add("single requests, share of Kestrel alone", singles / limit);
        report.Thresholds.Add(AtLeast("positions in batches", batched, options.Batched));
        report.Thresholds.Add(AtLeast("single requests", singles, options.Rate));
        report.Thresholds.Add(Verdict.Zero("failed", report.Loads.Sum(load => load.Failed)));
        return report;
    }

    /// <summary>How many a second went well.</summary>
    private async Task<double> RunAsync(
        Product product, ScenarioProps scenario, string part, Report report, CancellationToken cancellation)
    {
        var result = await new LoadTest(product, context)
            .RunAsync([scenario.WithWarmUpDuration(s_warmUp)], cancellation);
        report.Take(result, part);
        return result.Stats[0].Ok.Request.RPS;
    }

    private ScenarioProps SinglesOf(string name, Crowd crowd, Uri server)
    {
        var lanes = new Lanes(server, options.Connections);
        return Scenario
            .Create(name, async iteration => crowd.Step(
                iteration.InvocationNumber, _time.GetUtcNow(), iteration.Random) is var (walker, request)
                ? await walker.SendAsync(request, lanes)
                : Response.Fail("still-sending"))
            .WithLoadSimulations(Simulation.KeepConstant(options.Connections, options.Duration));
    }

    private async Task<ScenarioProps> BatchesOf(IReadOnlyList<PeopleDistrict> districts, MeshClient client)
    {
        var free = new ConcurrentQueue<(Positions Batch, string Lead)>();
        foreach (var district in districts)
        {
            var lead = await client.TokenAsync("lead", district.Code);
            foreach (var people in district.Walkers.Chunk(BatchSize).Where(chunk => chunk.Length == BatchSize))
                free.Enqueue((new Positions(people, _time.GetUtcNow(), body => body), lead));
        }

        return Scenario
            .Create(Batches, async iteration =>
            {
                if (!free.TryDequeue(out var one))
                    return Response.Fail("still-sending");
                try
                {
                    var body = one.Batch.Step(_time.GetUtcNow(), iteration.Random);
                    var answer = await client.PostAsync("positions", one.Lead, body);
                    return answer.IsSuccess && answer.Body.GetProperty("accepted").GetInt32() == BatchSize
                        ? Response.Ok(statusCode: answer.Code, sizeBytes: body.Length)
                        : Response.Fail(answer.Code);
                }
                finally
                {
                    free.Enqueue(one);
                }
            })
            .WithLoadSimulations(Simulation.KeepConstant(Math.Min(BatchCopies, free.Count), options.Duration));
    }

    private static Verdict AtLeast(string name, double found, double wanted) =>
        new(name, $">= {wanted:F0}/s", $"{found:F0}/s", found >= wanted);
}
