namespace GridMesh.Load.Faults;

internal sealed record KillOptions : StoreOptions
{
    [Asked("How often to kill. 强制终止次数。", 1, 1_000)]
    public int Kills { get; init; } = 20;

    [Asked("Longest load before a kill, in seconds. 每次终止前的最长加载秒数。", 1, 60)]
    public double LoadSeconds { get; init; } = 5;

    [Asked("Verifies the store after every so many kills. 每若干次核对一次。", 1, 100)]
    public int VerifyEvery { get; init; } = 1;
}

/// <summary>Kill -9 under load, again and again.</summary>
internal sealed class KillScenario(KillOptions options, LoadContext context)
{
    private const int CallerCount = 64;

    private const double LoadMin = 0.2;
    private readonly TimeProvider _time = context.Time;
    private readonly Random _random = new(options.Seed);

    public async Task<Report> RunAsync(CancellationToken cancellation)
    {
        await using var product = await Product.StartAsync(
            options, City.Build(1, options.Seed), [], Product.Quiet, context, cancellation);
        var crew = await Crew.SignInAsync(product.Client, City.Codes(1)[0], CallerCount);
        await using (var wall = await LiveView.WatchAsync(product.Url, crew.Viewer, crew.District.Code))
        {
            var rounds = new Rounds(product, crew, wall, context);

            // Who ends it early gets what the rounds found up to the one at hand.
            for (var number = 1; number <= options.Kills && !cancellation.IsCancellationRequested; number++)
                await RoundAsync(number, product, rounds, CancellationToken.None);
            product.Report.IsCancelled = rounds.Count < options.Kills;
            await rounds.ComposeAsync(CancellationToken.None);
        }

        await product.StopAsync();
        return product.Report;
    }

    private async Task RoundAsync(int number, Product product, Rounds rounds, CancellationToken cancellation)
    {
        var killAfter = TimeSpan.FromSeconds(
            options.LoadSeconds * (LoadMin + (_random.NextDouble() * (1 - LoadMin))));
        var began = _time.GetUtcNow();
        using var client = new MeshClient(product.Url);
        var ledgers = await rounds.LoadAsync(
            new Gateways([client], TimeSpan.Zero, _time),
            async stop =>
            {
                await Task.Delay(killAfter, _time, stop);
                await product.KillAsync();
            },
            cancellation);
        bool? isClean = number % options.VerifyEvery == 0 ? await rounds.VerifyAsync(cancellation) : null;
        product.Start();
        var round = await rounds.JudgeAsync(
            $"kill {number}", killAfter.TotalSeconds, ledgers, began, product.Silo.StartedAt, number, cancellation);
        rounds.Keep(round with { IsClean = isClean });
    }
}
