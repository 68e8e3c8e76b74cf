namespace GridMesh.Load.People;

/// <param name="Start">From the start of the process until each district's numbers were there and right.</param>
/// <param name="Gaps">Frames that did not fit what a client held, on any of them.</param>
internal sealed record PeopleResult(
    Report Report, TimeSpan Import, TimeSpan Start, double IdleMb, int Workers, long Gaps)
{
    /// <summary>Iterations of all scenarios; their steps are not counted again.</summary>
    public long Failed => Report.Timelines.Sum(line => Report.Of(line.Name).Failed);
}

/// <summary>Districts on a silo of their own, everybody signed in and on duty, and everybody who watches.</summary>
internal sealed class PeopleStage(int count, StoreOptions options, LoadContext context)
{
    /// <summary>That watch their grid, for each district.</summary>
    private const int PhoneCount = 20;

    private static readonly TimeSpan s_completion = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan s_rightPatience = TimeSpan.FromMinutes(2);

    public async Task<PeopleResult> RunAsync(
        PeopleDay day, Threshold positionsAreMet, CancellationToken cancellation)
    {
        var data = City.Build(count, options.Seed);
        var districts = PeopleDistrict.Of(data);
        await using var product = await Product.StartAsync(
            options, data, [], Product.Quiet, context, cancellation);
        await RightAsync(product, districts, cancellation);
        var start = context.Time.GetElapsedTime(product.Silo.StartedAt);
        var idleMb = ProcessProbe.Memory(product.Silo.ProcessId) / 1e6;
        context.Say(
            $"imported in {product.Import.TotalSeconds:F1} s, right {start.TotalSeconds:F2} s after its start, "
            + $"{idleMb:F0} MB");
        var (workers, gaps) = await LiveAsync(product, districts, day, positionsAreMet, cancellation);
        await product.StopAsync();
        return new PeopleResult(product.Report, product.Import, start, idleMb, workers, gaps);
    }

    /// <summary>Waits until every district's snapshot counts its people.</summary>
    private async Task RightAsync(
        Product product, IReadOnlyList<PeopleDistrict> districts, CancellationToken cancellation)
    {
        foreach (var district in districts)
        {
            var token = await product.Client.TokenAsync("viewer", district.Code, cancellation: cancellation);
            var isRight = await context.UntilAsync(
                async () =>
                {
                    product.Silo.ThrowIfGone();
                    var answer = await product.Client.GetAsync($"areas/{district.Code}", token, cancellation);
                    return answer.IsSuccess
                        && answer.Body.GetProperty("summary").GetProperty("workers").GetProperty("total")
                            .GetInt32() >= district.Walkers.Count;
                },
                s_rightPatience, cancellation);
            if (!isRight)
                throw new InvalidOperationException($"{district.Code} did not count its people in {s_rightPatience}");
        }
    }

    /// <summary>
    /// One pass of the load under the eyes of each district's command centre, which looks out for every card, of its
    /// towns' walls, and of phones in the field on their own grid. Who watches is gone before the product is stopped,
    /// which would wait for them.
    /// </summary>
    private async Task<(int Workers, long Gaps)> LiveAsync(
        Product product, IReadOnlyList<PeopleDistrict> districts, PeopleDay day, Threshold positionsAreMet,
        CancellationToken cancellation)
    {
        var (client, report, time) = (product.Client, product.Report, context.Time);
        using var load = await PeopleLoad.GatherAsync(client, districts, options.Seed, time, cancellation);
        var (tokens, centres) = (new Dictionary<string, string>(), new List<LiveView>());
        foreach (var code in districts.Select(district => district.Code))
        {
            tokens[code] = await client.TokenAsync("viewer", code, cancellation: cancellation);
            centres.Add(await LiveView.WatchAsync(client.Url, tokens[code], code, load.Wall.See, time));
        }

        AreaLog[] areas =
        [
            .. districts.SelectMany(district => district.Towns
                .Concat(Enumerable.Range(0, PhoneCount)
                    .Select(i => district.Grids[i * district.Grids.Count / PhoneCount])))
                .Select(code => new AreaLog(code)),
        ];
        await using var others = new Fleet(
            client.Url, code => Fleet.HubPath(tokens[code[..6]]), time, areas.Length, number => areas[number]);
        var come = await others.ComeAsync(cancellation);
        if (come < areas.Length)
            throw new InvalidOperationException($"only {come} of {areas.Length} walls and phones came");
        context.Say($"{load.Workers} workers on duty, {centres.Count + come} walls and phones");
        await product.LoadAsync(
            load.Scenarios(day, positionsAreMet), cancellation, completion: s_completion);
        var gaps = centres.Sum(wall => wall.Gaps) + others.Tally.Gaps.Value;
        report.Add("walls and phones", centres.Count + come);
        report.Add("frames received", centres.Sum(wall => (long)wall.Frames) + others.Tally.Frames.Value);
        report.Thresholds.Add(Verdict.Zero("frames that did not fit", gaps));
        foreach (var centre in centres)
            await centre.DisposeAsync();
        return (load.Workers, gaps);
    }
}
