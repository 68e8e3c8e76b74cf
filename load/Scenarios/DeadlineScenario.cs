using GridMesh.Exchange;
using GridMesh.Exchange.Journals;
using GridMesh.Load.Deadlines;
using GridMesh.Load.Measuring;
using GridMesh.Load.Products;
using GridMesh.Load.Reports;
using GridMesh.Load.Seeding;

namespace GridMesh.Load.Scenarios;

/// <summary>
/// A district's cases fall due in the same minute: each deadline has to be a fact, once, and at most a second late; also
/// when the process is killed in that minute. Judged by the exported journal.
/// </summary>
internal sealed class DeadlineScenario(DeadlineOptions options, ScenarioContext context)
{
    public const string Name = "deadlines";

    private const double LateMaxMs = 1_000;

    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(10);

    private static readonly string[] s_settings = ["GridMesh:Demo:Enabled=false"];

    private readonly TimeProvider _time = context.Time;
    private readonly int _port = SiloProcess.FreePort();
    private GrainCalls? _calls;

    public async Task<Report> RunAsync(CancellationToken cancellation)
    {
        using var folder = new TemporaryFolder();
        var setup = context.Setup(Path.Combine(folder.Path, "data"), options.Connection);
        var first = _time.GetUtcNow().AddSeconds(options.Lead);
        await ImportAsync(setup, Path.Combine(folder.Path, "made"), first, cancellation);
        var (inOrder, down, startSeconds) = await PassAsync(setup, first, cancellation);
        var verified = await SiloVerify.RunAsync(setup, _time, cancellation);
        var package = Path.Combine(folder.Path, "exported");
        await SiloExport.RunAsync(setup, package, _time, cancellation);
        var lateness = new Lateness(down);
        await foreach (var record in JournalFiles.ReadPackageAsync(package, cancellation))
        {
            lateness.Add(record);
        }

        return Compose(lateness, verified, inOrder, startSeconds);
    }

    private async Task ImportAsync(SiloSetup setup, string package, DateTimeOffset first, CancellationToken cancellation)
    {
        Directory.CreateDirectory(setup.DataFolder);
        var data = City.Build(1, options.Seed);
        context.Say($"{options.Cases} cases due from {first:HH:mm:ss} on, within {options.Span} s");
        await DirectoryFiles.WriteAsync(
            data, new DueCases(data).Make(options.Cases, first, TimeSpan.FromSeconds(options.Span)).ToAsyncEnumerable(), package, cancellation);
        await SiloImport.RunAsync(setup, package, _time, _ => { }, cancellation);
    }

    /// <summary>Lets the minute pass; with <see cref="DeadlineOptions.Kill"/> the process dies in the middle of it.</summary>
    private async Task<(bool InOrder, (DateTimeOffset, DateTimeOffset)? Down, double StartSeconds)> PassAsync(
        SiloSetup setup, DateTimeOffset first, CancellationToken cancellation)
    {
        var span = TimeSpan.FromSeconds(options.Span);
        (DateTimeOffset, DateTimeOffset)? down = null;
        var began = _time.GetTimestamp();
        var silo = SiloProcess.Start(setup, _port, s_settings, _time);
        try
        {
            await silo.ReadyAsync(cancellation);
            var startSeconds = _time.GetElapsedTime(began).TotalSeconds;
            if (_time.GetUtcNow() >= first)
            {
                throw new InvalidOperationException($"the first deadline came before the product was ready: ask for more than --lead {options.Lead}");
            }

            if (options.Kill)
            {
                await UntilAsync(first + (span / 2), cancellation);
                var from = _time.GetUtcNow();
                await silo.KillAsync();
                silo.Dispose();
                context.Say("killed; starting again");
                silo = SiloProcess.Start(setup, _port, s_settings, _time);
                await silo.ReadyAsync(cancellation);
                down = (from, _time.GetUtcNow());
            }

            var before = await CallsAsync(silo);
            await UntilAsync(first + span + s_grace, cancellation);
            _calls = before is null ? null : (await CallsAsync(silo))?.Since(before);
            return (await silo.StopAsync(), down, startSeconds);
        }
        finally
        {
            silo.Dispose();
        }
    }

    private async Task<GrainCalls?> CallsAsync(SiloProcess silo) =>
        context.CountsCalls ? await GrainCalls.ReadAsync(silo.Url) : null;

    private Task UntilAsync(DateTimeOffset at, CancellationToken cancellation)
    {
        var left = at - _time.GetUtcNow();
        context.Say($"{left.TotalSeconds:F0} s to go");
        return Task.Delay(left > TimeSpan.Zero ? left : TimeSpan.Zero, _time, cancellation);
    }

    private IEnumerable<ReportTable> CallsOf(int deadlines)
    {
        var calls = _calls is null ? null : _calls with { Work = new Dictionary<string, double> { ["deadline"] = deadlines } };
        return calls?.Table("calls of grains while they fall due") is { } table ? [table] : [];
    }

    private Report Compose(Lateness lateness, Verified verified, bool inOrder, double startSeconds)
    {
        var max = lateness.Max.TotalMilliseconds;
        return context.Report(
            Name,
            new Dictionary<string, string>
            {
                ["cases"] = $"{options.Cases}", ["span"] = $"{options.Span} s", ["kill"] = options.Kill ? "in the middle" : "no",
                ["storage"] = $"{options.Storage}", ["seed"] = $"{options.Seed}",
            },
            [lateness.Summary],
            [new Figure("start with all these cases", startSeconds, "s"), new Figure("deadlines that passed while nothing ran", lateness.WhileDown, "")],
            [lateness.Table, .. CallsOf(lateness.Once)],
            options.Kill ? ["What fell due while nothing ran is judged from the moment at which the product was ready again."] : [],
            [
                new Verdict("cases with exactly one fact", $"= {options.Cases}", $"{lateness.Once}", lateness.Once == options.Cases),
                new Verdict("cases with more than one", "= 0", $"{lateness.MoreThanOnce}", lateness.MoreThanOnce == 0),
                new Verdict("facts before their deadline", "= 0", $"{lateness.Early}", lateness.Early == 0),
                new Verdict("latest", $"<= {LateMaxMs} ms", $"{max:F0} ms", max <= LateMaxMs),
                new Verdict("verify", "= clean", verified.IsClean ? "clean" : verified.Output, verified.IsClean),
                new Verdict("product stopped in order", "yes", inOrder ? "yes" : "no", inOrder),
            ]);
    }
}
