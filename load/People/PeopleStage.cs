namespace GridMesh.Load.People;

/// <summary>Districts on a silo of their own, everybody signed in and on duty, and everybody who watches.</summary>
internal sealed class PeopleStage : IAsyncDisposable
{
    private static readonly TimeSpan s_completion = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan s_rightPatience = TimeSpan.FromMinutes(2);
    private readonly Stack<object> _parts = new();
    private readonly List<LiveView> _centres = [];
    private Fleet? _others;
    public Product Product { get; private set; } = null!;
    public PeopleLoad Load { get; private set; } = null!;

    /// <summary>From the start of the process until each district's numbers were there and right.</summary>
    public TimeSpan Start { get; private set; }

    /// <summary>Memory of the process then.</summary>
    public double IdleMb { get; private set; }

    public long Gaps => _centres.Sum(wall => wall.Gaps) + _others!.Tally.Gaps;

    public long Frames => _centres.Sum(wall => (long)wall.Frames) + _others!.Tally.Frames;
    public int Onlookers => _centres.Count + _others!.Clients.Count;

    public static async Task<PeopleStage> SetUpAsync(
        int count, int phones, StoreOptions options, LoadContext context, CancellationToken cancellation)
    {
        context.Say($"making {count} districts");
        var data = City.Build(count, options.Seed);
        var districts = PeopleDistrict.Of(data);
        var stage = new PeopleStage();
        try
        {
            Database? database = null;
            if (options.Connection is { } server)
                stage._parts.Push(database = await Database.CreateAsync(server, $"people{count}"));
            var store = options with { Connection = database?.Connection };
            stage.Product = await Product.StartAsync(
                store, data, Array.Empty<JournalRecord>(), Product.Quiet, context, cancellation);
            stage._parts.Push(stage.Product);
            var client = stage.Product.Client;
            await stage.RightAsync(client, districts, context, cancellation);
            context.Say(
                $"imported in {stage.Product.Import.TotalSeconds:F1} s, right {stage.Start.TotalSeconds:F2} s after its start, {stage.IdleMb:F0} MB");
            stage.Load = await PeopleLoad.GatherAsync(
                client, districts, options.Seed, context.Time, context.Say, cancellation);
            stage._parts.Push(stage.Load);
            await stage.WatchAsync(client, districts, phones, context.Time, cancellation);
            context.Say($"{stage.Load.Workers} workers on duty, {stage.Onlookers} walls and phones");
            return stage;
        }
        catch
        {
            await stage.DisposeAsync();
            throw;
        }
    }

    /// <param name="positionsAreMet">What is asked of positions, which differs between scenarios.</param>
    public async Task<LoadResult> MeasureAsync(
        PeopleDay day, Threshold positionsAreMet, CancellationToken cancellation)
    {
        var result = await Product.LoadAsync(
            Load.Scenarios(day, positionsAreMet), cancellation, completion: s_completion);
        Product.Report.Add("walls and phones", Onlookers);
        Product.Report.Add("frames received", Frames);
        Product.Report.Thresholds.Add(Verdict.Zero("frames that did not fit", Gaps));
        return result;
    }

    /// <summary>Who watches goes first, so that the product does not wait for them when it is stopped.</summary>
    public async ValueTask DisposeAsync()
    {
        while (_parts.TryPop(out var part))
        {
            if (part is IAsyncDisposable patient)
                await patient.DisposeAsync();
            else
                ((IDisposable)part).Dispose();
        }
    }

    /// <summary>Waits until every district's snapshot counts its people.</summary>
    private async Task RightAsync(
        MeshClient client, IReadOnlyList<PeopleDistrict> districts, LoadContext context, CancellationToken cancellation)
    {
        var silo = Product.Silo;
        foreach (var district in districts)
        {
            var token = await client.TokenAsync("viewer", district.Code, cancellation: cancellation);
            var isRight = await context.UntilAsync(
                async () =>
                {
                    silo.ThrowIfGone();
                    var answer = await client.GetAsync($"areas/{district.Code}", token, cancellation);
                    return answer.IsSuccess
                        && answer.Body.GetProperty("summary").GetProperty("workers").GetProperty("total")
                            .GetInt32() >= district.Walkers.Count;
                },
                s_rightPatience, cancellation);
            if (!isRight)
                throw new InvalidOperationException($"{district.Code} did not count its people in {s_rightPatience}");
        }

        Start = context.Time.GetElapsedTime(silo.StartedAt);
        using var process = System.Diagnostics.Process.GetProcessById(silo.ProcessId);
        IdleMb = process.WorkingSet64 / 1e6;
    }

    /// <summary>
    /// For each district its command centre, which looks out for every card, its towns' walls, and phones in the field
    /// on their own grid.
    /// </summary>
    private async Task WatchAsync(
        MeshClient client, IReadOnlyList<PeopleDistrict> districts, int phones, TimeProvider time,
        CancellationToken cancellation)
    {
        var tokens = new Dictionary<string, string>();
        foreach (var district in districts)
        {
            tokens[district.Code] = await client.TokenAsync("viewer", district.Code, cancellation: cancellation);
            _centres.Add(
                await LiveView.WatchAsync(client.Url, tokens[district.Code], district.Code, Load.Wall.See, time));
            _parts.Push(_centres[^1]);
        }

        AreaLog[] areas =
        [
            .. districts.SelectMany(district => district.Towns
                .Concat(Enumerable.Range(0, phones)
                    .Select(i => district.Grids[i * district.Grids.Count / Math.Max(1, phones)])))
                .Select(code => new AreaLog(code)),
        ];
        _others = new Fleet(
            client.Url, code => Fleet.HubPath(tokens[code[..6]]), time, areas.Length, number => areas[number]);
        _parts.Push(_others);
        var come = await _others.ComeAsync(cancellation);
        if (come < areas.Length)
            throw new InvalidOperationException($"only {come} of {areas.Length} walls and phones came");
    }
}
