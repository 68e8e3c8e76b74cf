using GridMesh.Load.Bare;
using GridMesh.Load.Clients.Lanes;
using GridMesh.Load.People;
using GridMesh.Load.Reports;
using GridMesh.Load.Running;
using GridMesh.Load.Scenarios;
using GridMesh.Load.Seeding;

namespace GridMesh.Load.Ingests;

/// <summary>
/// As many positions as go in, durable each: one in a request, a thousand in a request; and beside it, in the same run
/// and by the same clients, what Kestrel alone answers.
/// </summary>
internal sealed class IngestScenario(IngestOptions options, ScenarioContext context)
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

    public async Task<Report> RunAsync(CancellationToken cancellation)
    {
        var data = City.Build(DistrictCount, options.Seed);
        var districts = PeopleDistrict.Of(data);
        await using var product = await PeopleProduct.StartAsync(
            data, districts, options, options.Connection, context, cancellation);
        using var lanes = new LanePool(product.Run.Url, options.Connections + BatchCopies);
        var crowd = await Crowd.GatherAsync(
            [.. districts.SelectMany(district => district.Walkers)], lanes, options.Seed, context.Time, context.Say, cancellation);
        var batches = new List<WalkerBatch>();
        foreach (var district in districts)
        {
            var lead = await Tokens.GetAsync(lanes, "lead", district.Code, null, cancellation);
            batches.AddRange(district.Walkers.Chunk(BatchSize).Where(chunk => chunk.Length == BatchSize)
                .Select(chunk => new WalkerBatch(chunk, lanes.Host, lead, context.Time.GetUtcNow())));
        }

        context.Say($"{crowd.Count} workers on duty; each of three parts lasts {options.Duration.TotalSeconds} s");
        var batched = await RunAsync(product.Run, BatchesOf(batches, lanes), cancellation);
        var singles = await RunAsync(product.Run, SinglesOf(Singles, crowd, lanes), cancellation);
        using var bare = await BareProcess.StartAsync(context.Time, cancellation);
        using var bareLanes = new LanePool(bare.Url, options.Connections);
        var limit = await RunAsync(RunProduct.Beside(bare.Url, bare.ProcessId), SinglesOf(Bare, crowd, bareLanes), cancellation);
        await product.Run.StopAsync();
        return Compose(product.Run, batched, singles, limit);
    }

    private Task<LoadResult> RunAsync(RunProduct product, ScenarioProps scenario, CancellationToken cancellation) =>
        new LoadTest(Name, product, context).RunAsync([scenario], cancellation);

    private ScenarioProps SinglesOf(string name, Crowd crowd, LanePool lanes) => Scenario
        .Create(name, async iteration =>
        {
            if (crowd.Step(iteration.InvocationNumber, context.Time.GetUtcNow(), iteration.Random) is not var (walker, request))
            {
                return Response.Fail(statusCode: "still-sending");
            }

            return await walker.SendAsync(request, lanes);
        })
        .WithWarmUpDuration(s_warmUp)
        .WithLoadSimulations(Simulation.KeepConstant(options.Connections, options.Duration));

    private ScenarioProps BatchesOf(IReadOnlyList<WalkerBatch> batches, LanePool lanes)
    {
        var free = new System.Collections.Concurrent.ConcurrentQueue<WalkerBatch>(batches);
        return Scenario
            .Create(Batches, async iteration =>
            {
                if (!free.TryDequeue(out var batch))
                {
                    return Response.Fail(statusCode: "still-sending");
                }

                try
                {
                    var taken = false;
                    var request = batch.Step(context.Time.GetUtcNow(), iteration.Random);
                    var status = await lanes.SendAsync(
                        request, CancellationToken.None,
                        (_, body) => taken = body.Span.StartsWith("{\"accepted\":1000,"u8));
                    return taken ? Response.Ok(statusCode: "202", sizeBytes: request.Length) : Response.Fail(statusCode: $"{status}");
                }
                finally
                {
                    free.Enqueue(batch);
                }
            })
            .WithWarmUpDuration(s_warmUp)
            .WithLoadSimulations(Simulation.KeepConstant(Math.Min(BatchCopies, batches.Count), options.Duration));
    }

    private Report Compose(RunProduct product, LoadResult batched, LoadResult singles, LoadResult bare)
    {
        var (batchesPerSecond, singlesPerSecond, barePerSecond) = (RateOf(batched), RateOf(singles), RateOf(bare));
        Dictionary<string, string> settings = new()
        {
            ["duration"] = $"{options.Duration.TotalSeconds} s each",
            ["connections"] = $"{options.Connections}, a request at a time on each",
            ["batch"] = $"{BatchSize} positions",
            ["seed"] = $"{options.Seed}",
        };
        Report Part(LoadResult result) => LoadReport.Compose(Name, product, result, settings, new LoadFindings(), context);
        Report[] parts = [Part(batched), Part(singles), Part(bare)];
        var failed = parts.SelectMany(part => part.Loads).Sum(load => (long)load.Failed);
        return parts[1] with
        {
            Loads = [.. parts.SelectMany(part => part.Loads)],
            Latencies = [.. parts.SelectMany(part => part.Latencies)],
            Timelines = [.. parts.SelectMany(part => part.Timelines)],
            Figures =
            [
                new Figure("positions in batches", batchesPerSecond * BatchSize, "/s"),
                new Figure("single requests", singlesPerSecond, "/s"),
                new Figure("single requests, Kestrel alone", barePerSecond, "/s"),
                new Figure("single requests, share of Kestrel alone", singlesPerSecond / barePerSecond, ""),
                .. batched.ProcessFigures.Select(figure => figure with { Name = $"batches, {figure.Name}" }),
                .. singles.ProcessFigures.Select(figure => figure with { Name = $"singles, {figure.Name}" }),
                .. bare.ProcessFigures.Select(figure => figure with { Name = $"Kestrel alone, {figure.Name}" }),
            ],
            Tables = [.. parts.SelectMany(part => part.Tables)],
            Notes = [.. parts.SelectMany(part => part.Notes)],
            Thresholds =
            [
                AtLeast("positions in batches", batchesPerSecond * BatchSize, options.Batched),
                AtLeast("single requests", singlesPerSecond, options.Rate),
                new Verdict("failed", "= 0", $"{failed}", failed == 0),
            ],
        };
    }

    private static Verdict AtLeast(string name, double found, double wanted) =>
        new(name, $">= {wanted:F0}/s", $"{found:F0}/s", found >= wanted);

    private static double RateOf(LoadResult result) => result.Stats.ScenarioStats[0].Ok.Request.RPS;
}
