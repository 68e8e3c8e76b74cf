namespace GridMesh.Load.Deadlines;

internal sealed record DeadlineOptions : StoreOptions
{
    [Asked("Open cases that fall due. 到期案件数。", 1, 1_000_000)]
    public int Cases { get; init; } = 100_000;

    [Asked("Seconds from the first to the last. 到期时间跨度（秒）。", 1, 3_600)]
    public TimeSpan Span { get; init; } = TimeSpan.FromSeconds(60);

    [Asked("Seconds until the first, for import and start. 准备时间（秒）。", 1, 3_600)]
    public int Lead { get; init; } = 60;

    [Asked("Kill -9 in the middle and start again. 中途强制终止。")]
    public bool Kill { get; init; }
}

/// <summary>Cases fall due in the same minute: each a fact, once, at most a second late, over a kill too.</summary>
internal sealed class DeadlineScenario(DeadlineOptions options, LoadContext context)
{
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(10);
    private readonly TimeProvider _time = context.Time;

    public async Task<Report> RunAsync(CancellationToken cancellation)
    {
        var first = _time.GetUtcNow().AddSeconds(options.Lead);
        context.Say($"{options.Cases} cases due from {first:HH:mm:ss} on, within {options.Span.TotalSeconds} s");
        var data = City.Build(1, options.Seed);
        await using var product = await Product.StartAsync(
            options, data, new DueCases(data).Make(options.Cases, first, options.Span), Product.Quiet, context,
            cancellation);
        var report = product.Report;
        report.Add(
            "start with all these cases", _time.GetElapsedTime(product.Silo.StartedAt).TotalSeconds, "s");
        if (_time.GetUtcNow() >= first)
            throw new InvalidOperationException(
                $"the first deadline came before the product was ready: ask for more than --lead {options.Lead}");
        var down = options.Kill ? await KillAsync(product, first + (options.Span / 2), cancellation) : null;
        await UntilAsync(first + options.Span + s_grace, cancellation);
        await product.JudgeAsync(new Lateness(options.Cases, down), cancellation);
        return report;
    }

    /// <summary>The process dies and is started again at once; answers when nothing ran.</summary>
    private async Task<(DateTimeOffset From, DateTimeOffset To)?> KillAsync(
        Product product, DateTimeOffset at, CancellationToken cancellation)
    {
        await UntilAsync(at, cancellation);
        var from = _time.GetUtcNow();
        await product.KillAsync();
        context.Say("killed; starting again");
        product.Start();
        await product.Silo.ReadyAsync(cancellation);
        product.Report.Notes.Add(
            "What fell due while nothing ran is judged from the moment at which the product was ready again.");
        return (from, _time.GetUtcNow());
    }

    private Task UntilAsync(DateTimeOffset at, CancellationToken cancellation)
    {
        var left = at - _time.GetUtcNow();
        context.Say($"{left.TotalSeconds:F0} s to go");
        return Task.Delay(left > TimeSpan.Zero ? left : TimeSpan.Zero, _time, cancellation);
    }
}
