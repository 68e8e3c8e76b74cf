using GridMesh.Postgres.Fixture;
using Npgsql;

namespace GridMesh.Load.Faults;

internal sealed record FaultOptions : LoadOptions
{
    [Asked("A PostgreSQL of its own goes wrong; otherwise disk, line and clock of a silo on SQLite. 数据库故障。")]
    public bool Postgres { get; init; }

    [Asked("One fault alone, such as slow. 只做一种故障。")]
    public string? Only { get; init; }

    [Asked("Seconds that each fault lasts. 每种故障时长（秒）。", 1, 300)]
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(10);
}

/// <summary>
/// Faults that the product has to live with, one a round, judged as <c>kill</c> is: besides, how many commands were
/// acknowledged while each lasted, and how soon after it the first one was.
/// </summary>
internal sealed class FaultScenario(FaultOptions options, LoadContext context)
{
    private const int CallerCount = 32;
    private const string Cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = current_user"
        + " AND backend_type = 'client backend' AND pid <> pg_backend_pid()";

    /// <summary>Longer than anything here lasts: every command is answered in the end.</summary>
    private static readonly TimeSpan s_answerMax = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan s_calm = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan s_cutEvery = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_slow = TimeSpan.FromMilliseconds(200);
    private const int ClockStepSeconds = 240;
    private readonly TimeProvider _time = context.Time;

    public Task<Report> RunAsync(CancellationToken cancellation) =>
        options.Postgres ? PostgresAsync(cancellation) : SqliteAsync(cancellation);

    private async Task<Report> PostgresAsync(CancellationToken cancellation)
    {
        await using var server = await PostgresServer.StartNewAsync();
        var address = new NpgsqlConnectionStringBuilder(await server.CreateDatabaseAsync());
        await using var standby = await server.StartStandbyAsync();
        await using var line = new SlowLine(address.Port, _time);
        address.Host = $"127.0.0.1:{line.Port},127.0.0.1:{standby.Port}";
        address.TargetSessionAttributes = "primary";
        await using var product = await StartAsync(address.ToString(), null, [], cancellation);
        await RoundsAsync(product, product.Url, cancellation,
            ("cut", async () =>
            {
                for (var since = _time.GetTimestamp(); _time.GetElapsedTime(since) < options.Duration;)
                {
                    await server.ExecuteAsync(Cut);
                    await Task.Delay(s_cutEvery, _time, cancellation);
                }
            }),
            ("slow", async () =>
            {
                line.Delay = s_slow;
                await LastAsync(cancellation);
                line.Delay = TimeSpan.Zero;
            }),
            ("stopped", async () =>
            {
                await server.KillAsync();
                await LastAsync(cancellation);
                await server.StartAsync();
            }),
            ("failed-over", async () =>
            {
                await server.CommitOnStandbyAsync();
                await Task.Delay(s_calm, _time, cancellation);
                await server.KillAsync();
                await LastAsync(cancellation);
                await standby.PromoteAsync();
            }));
        return product.Report;
    }

    private async Task<Report> SqliteAsync(CancellationToken cancellation)
    {
        using var disk = new SmallDisk();
        var clock = new SteppingClock(disk.Folder);
        await using var product = await StartAsync(null, disk.Folder, [.. disk.Prefix, .. clock.Prefix], cancellation);
        await using var line = await LossyLine.StartAsync(product.Url, _time);
        (string, Func<Task>) Of(string name, Action begin, Action end) => (name, async () =>
        {
            begin();
            await LastAsync(cancellation);
            end();
        });
        await RoundsAsync(product, line.Url, cancellation,
            Of("disk-full", disk.Fill, disk.Free),
            Of("lossy-line", () => line.IsBad = true, () => line.IsBad = false),
            Of("clock-back", () => clock.Step(-ClockStepSeconds), () => clock.Step(0)),
            Of("clock-ahead", () => clock.Step(ClockStepSeconds), () => clock.Step(0)));
        return product.Report;
    }

    private Task LastAsync(CancellationToken cancellation) => Task.Delay(options.Duration, _time, cancellation);

    private Task<Product> StartAsync(
        string? connection, string? folder, IReadOnlyList<string> prefix, CancellationToken cancellation) =>
        Product.StartAsync(
            new StoreOptions { Connection = connection }, City.Build(1, options.Seed), [], Product.Quiet, context,
            cancellation, folder, prefix);

    /// <param name="faults">Each begins its fault, lets it last and ends it.</param>
    private async Task RoundsAsync(
        Product product, Uri url, CancellationToken cancellation, params (string Name, Func<Task> RunAsync)[] faults)
    {
        var crew = await Crew.SignInAsync(product.Client, City.Codes(1)[0], CallerCount);
        await using (var wall = await LiveView.WatchAsync(product.Url, crew.Viewer, crew.District.Code))
        {
            var rounds = new Rounds(product, crew, wall, context);
            using var client = new MeshClient(url);
            foreach (var (name, fault) in faults.Where(fault => options.Only is null || fault.Name == options.Only))
                await RoundAsync(name, fault, product, client, rounds, cancellation);
            await rounds.ComposeAsync(cancellation);
        }

        await product.StopAsync();
    }

    private async Task RoundAsync(
        string name, Func<Task> fault, Product product, MeshClient client, Rounds rounds,
        CancellationToken cancellation)
    {
        context.Say($"{name}, for {options.Duration.TotalSeconds} s");
        var (began, loadBegan) = (_time.GetUtcNow().AddSeconds(-2 * ClockStepSeconds), _time.GetTimestamp());
        var calls = new Gateways([client], s_answerMax, _time);
        var (during, after) = (new Timeline(_time), calls.Timeline);
        var ledgers = await rounds.LoadAsync(
            calls,
            async stop =>
            {
                await Task.Delay(s_calm, _time, stop);
                during = calls.Timeline = new Timeline(_time);
                await fault();
                after = calls.Timeline = new Timeline(_time);
                await context.UntilAsync(() => Task.FromResult(after.First is not null), s_answerMax, stop);
                await Task.Delay(s_calm, _time, stop);
            },
            cancellation);
        product.Report.Notes.AddRange(during.Codes.Select(code => $"{name}: {code.Value} x {code.Key}"));
        var seconds = _time.GetElapsedTime(loadBegan).TotalSeconds;
        var round = await rounds.JudgeAsync(name, seconds, ledgers, began, _time.GetTimestamp(), 0, cancellation);
        var isClean = await product.Silo.StopAsync() && await rounds.VerifyAsync(cancellation);
        await product.Silo.DisposeAsync();
        product.Start();
        await product.Silo.ReadyAsync(cancellation);
        rounds.Keep(round with
            { During = during.Answered, FirstSeconds = after.First?.TotalSeconds, IsClean = isClean });
    }
}
