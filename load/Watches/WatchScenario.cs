namespace GridMesh.Load.Watches;

internal sealed record WatchOptions : LoadOptions
{
    [Asked("Door events a second. 每秒门禁事件数。", 0, 2_000)]
    public double Rate { get; init; } = 60;

    [Asked("Seconds of each part. 每项时长（秒）。", 0, 600)]
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(60);

    [Asked("Watched households of which nothing is due. 关爱户数。", 1, 200_000)]
    public int Watches { get; init; } = 50_000;

    [Asked("Households more whose window ends within a minute; every other one is heard of before. 一分钟内到期户数。", 2,
        10_000)]
    public int Due { get; init; } = 1_000;

    [Asked("Seconds besides the measured part until the first window ends, for the import and the start. 准备时间（秒）。", 1,
        600)]
    public int Lead { get; init; } = 60;
}

/// <summary>Doors open over a store without and with watches; then those nobody hears of have to alarm.</summary>
internal sealed class WatchScenario(WatchOptions options, LoadContext context)
{
    private const string Events = "sensors/events";
    private const string ProcessorMean = "product: processor, mean";
    private const int BatchMax = 1_000;

    /// <summary>A tenth more is what two runs of the same differ by.</summary>
    private const double CpuTimesMax = 1.1;

    /// <summary>Percent of a core: where next to nothing is used, a ratio says nothing.</summary>
    private const double CpuMoreMax = 1;
    private const double BytesMax = 2_000;
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_span = TimeSpan.FromSeconds(50);
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(10);
    private readonly TimeProvider _time = context.Time;
    private readonly DirectoryData _data = City.Build(1, options.Seed);
    private readonly StoreOptions _store = new();

    public async Task<Report> RunAsync(CancellationToken cancellation)
    {
        (double Cpu, double? Memory) without;
        Report before;
        await using (var bare = await Product.StartAsync(_store, _data, [], Product.Quiet, context, cancellation))
        {
            (before, without) = (bare.Report, await OpenDoorsAsync(bare, "doors_without", cancellation));
            await bare.StopAsync();
        }

        var first = _time.GetUtcNow() + s_warmUp + options.Duration + TimeSpan.FromSeconds(options.Lead);
        var made = new MadeWatches(_data, options.Watches, options.Due, first, s_span);
        context.Say($"{options.Watches} watches; {made.Silent.Count} more will alarm from {first:HH:mm:ss} on");
        await using var product = await Product.StartAsync(
            _store, _data, made.Records(), Product.Quiet, context, cancellation);
        product.Report = before;
        Judge(product.Report, without, await OpenDoorsAsync(product, "doors_with", cancellation));
        await HearAsync(product.Client, made.Heard, cancellation);
        var left = first + s_span + s_grace - _time.GetUtcNow();
        if (left < s_span + s_grace)
            throw new InvalidOperationException(
                $"the first window ended before everything was measured: ask for more than --lead {options.Lead}");
        context.Say($"{left.TotalSeconds:F0} s to go");
        await Task.Delay(left, _time, cancellation);
        await product.JudgeAsync(new AlarmJudge(made.Silent), cancellation);
        return product.Report;
    }

    /// <summary>Doors all over the district, one event in a request, as many a second as a district has.</summary>
    private async Task<(double Cpu, double? Memory)> OpenDoorsAsync(
        Product product, string name, CancellationToken cancellation)
    {
        var token = await SupervisorAsync(product.Client);
        var doors = _data.Devices.Where(device => device.Kind == SensorKind.Door).Select(device => device.Id).ToArray();
        var sent = 0L;
        var scenario = new Scenario(name, async iteration => Response.Of(await product.Client.PostAsync(
            Events, token, BodyOf([doors[iteration.Random.Next(doors.Length)]]),
            $"{name}-{Interlocked.Increment(ref sent)}")))
        {
            WarmUp = s_warmUp, Load = [Stretch.Open(options.Rate, options.Duration)],
            Thresholds = [Threshold.AllGoWell],
        };
        await product.LoadAsync([scenario], cancellation, part: $"{name}, ");
        var cpu = product.Report.ValueOf($"{name}, {ProcessorMean}");
        var memory = await ProcessProbe.SettledSnapshotAsync(product.Silo.ProcessId, _time, cancellation);
        context.Say($"{name}: {cpu:F1} % of a core, {memory / 1_000_000:F0} MB");
        return (cpu, memory);
    }

    /// <summary>What watches cost between their events, beside the product without, in one run.</summary>
    private void Judge(Report report, (double Cpu, double? Memory) without, (double Cpu, double? Memory) with)
    {
        var most = (without.Cpu * CpuTimesMax) + CpuMoreMax;
        report.Add("processor, with / without", with.Cpu / without.Cpu);
        report.Thresholds.Add(new Verdict(
            "processor with watches", $"<= {CpuTimesMax} x without + {CpuMoreMax} % of a core",
            $"{with.Cpu:F1} % ({most:F1} % allowed)", with.Cpu <= most));
        if ((with.Memory - without.Memory) / (options.Watches + options.Due) is { } bytes)
            report.Thresholds.Add(Verdict.AtMost("memory of a watch", BytesMax, bytes, "B"));
    }

    /// <summary>Every door behind which nobody must alarm opens once more.</summary>
    private async Task HearAsync(MeshClient client, IEnumerable<string> doors, CancellationToken cancellation)
    {
        var token = await SupervisorAsync(client);
        foreach (var (i, some) in doors.Chunk(BatchMax).Index())
            (await client.PostAsync(Events, token, BodyOf(some), $"heard-{i}", cancellation))
                .Expect("leave to send door events");
    }

    private Task<string> SupervisorAsync(MeshClient client) =>
        client.TokenAsync("supervisor", _data.Areas[0].Code.District.Value);

    private byte[] BodyOf(IEnumerable<string> doors)
    {
        var now = _time.GetUtcNow();
        return JsonSerializer.SerializeToUtf8Bytes(
            doors.Select(door => new { device = door, kind = "Door", at = now }));
    }
}
