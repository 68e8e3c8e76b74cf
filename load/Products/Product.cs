using GridMesh.Exchange;
using GridMesh.Exchange.Journals;

namespace GridMesh.Load.Products;

/// <summary>The product under load: a silo of our own, or one that runs already.</summary>
internal sealed class Product : IAsyncDisposable
{
    /// <summary>The limits of one address do not stand for those of many people.</summary>
    public static readonly IReadOnlyList<string> Unlimited =
    [
        "GridMesh:Limits:AddressPerSecond=1000000", "GridMesh:Limits:AddressBurst=1000000",
        "GridMesh:Limits:TokenPerSecond=1000000", "GridMesh:Limits:TokenBurst=1000000",
        "GridMesh:Limits:WatchesPerMinute=1000000", "GridMesh:Limits:ConnectionsPerSubject=1000000",
        "GridMesh:Limits:ConnectionsPerAddress=1000000",
    ];

    /// <summary>That, and nobody but the scenario is there.</summary>
    public static readonly IReadOnlyList<string> Quiet = [.. Unlimited, "GridMesh:Demo:Enabled=false"];
    private readonly LoadContext _context;
    private readonly TemporaryFolder _folder = new();
    private readonly IReadOnlyList<string> _settings;
    private SiloProcess? _silo;

    private Product(
        StoreOptions options, string? store, IReadOnlyList<string> settings, LoadContext context, Uri? url = null)
    {
        (_context, _settings, Report) = (context, settings, context.Report());
        Url = url ?? new Uri($"http://127.0.0.1:{SiloProcess.FreePort()}");
        Client = new MeshClient(Url);
        var data = store ?? Directory.CreateDirectory(Path.Combine(_folder.Path, "data")).FullName;
        Setup = context.Setup(Path.GetFullPath(data), options.Connection);
    }

    public Uri Url { get; }
    public MeshClient Client { get; }

    /// <summary>What was found of it, and of one before it where there was one.</summary>
    public Report Report { get; set; }
    public SiloSetup Setup { get; private set; }
    public SiloProcess Silo => _silo!;
    public TimeSpan Import { get; private set; }

    /// <summary>
    /// Measures the one that runs already, or starts one over the store that is named or a new one with one made-up
    /// district, and stops it in order. Who watches it has to be gone by then, as the stop waits for them.
    /// </summary>
    public static async Task<Report> MeasureAsync(
        RunOptions options, LoadContext context, Func<Product, Task> measure, CancellationToken cancellation,
        IReadOnlyList<string>? settings = null)
    {
        await using var product = options.Url is { } url
            ? new Product(options, null, [], context, url)
            : await StartAsync(
                options, options.Data is null ? City.Build(1, options.Seed) : null, [], settings ?? Quiet, context,
                cancellation, options.Data);
        await measure(product);
        await product.StopAsync();
        return product.Report;
    }

    /// <param name="records">What has happened, in the order of the journal.</param>
    /// <param name="settings">As <c>GridMesh:Demo:Speed=1</c>.</param>
    /// <param name="store">Folder of the store; null: a new one.</param>
    /// <param name="prefix">Of the command of each of its processes.</param>
    public static async Task<Product> StartAsync(
        StoreOptions options, DirectoryData? data, IEnumerable<JournalRecord> records, IReadOnlyList<string> settings,
        LoadContext context, CancellationToken cancellation, string? store = null, IReadOnlyList<string>? prefix = null)
    {
        var product = new Product(options, store, settings, context);
        product.Setup = product.Setup with { Prefix = prefix ?? [] };
        try
        {
            product.Report.Subject = await product.Setup.SubjectAsync(cancellation);
            if (data is not null)
            {
                var package = Path.Combine(product._folder.Path, "made");
                await DirectoryFiles.WriteAsync(data, records.ToAsyncEnumerable(), package, cancellation);
                product.Import = await product.Setup.ImportAsync(package, cancellation);
            }

            context.Say($"starting a silo at {product.Url}");
            product.Start();
            await product.Silo.ReadyAsync(cancellation);
            return product;
        }
        catch
        {
            await product.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts a process over the store, at the same address as the one before; it is not ready yet.</summary>
    public void Start() => _silo = Setup.Start(_settings, Url.Port);

    /// <summary>kill -9; the store is left as it is.</summary>
    public async Task KillAsync()
    {
        await Silo.KillAsync();
        await Silo.DisposeAsync();
    }

    /// <summary>Puts it under load; the report has everything that was measured.</summary>
    /// <param name="report">Null: the product's own.</param>
    /// <param name="completion">How long iterations may take to end after the schedule has ended.</param>
    public Task LoadAsync(
        IReadOnlyList<Scenario> scenarios, CancellationToken cancellation, Report? report = null, string part = "",
        TimeSpan? completion = null) =>
        new LoadTest(_silo?.ProcessId, completion ?? TimeSpan.FromSeconds(60), _context)
            .RunAsync(scenarios, report ?? Report, part, cancellation);

    public async Task StopAsync()
    {
        if (_silo is not null)
            Report.Thresholds.Add(Verdict.Yes("product stopped in order", await _silo.StopAsync()));
    }

    /// <summary>Stops it, verifies its store, and has the journal judged as <c>export</c> writes it.</summary>
    public async Task JudgeAsync(JournalJudge judge, CancellationToken cancellation)
    {
        await StopAsync();
        Report.Thresholds.Add((await Setup.VerifyAsync(cancellation)).Verdict);
        var package = Path.Combine(_folder.Path, "exported");
        await Setup.ExportAsync(package, cancellation);
        await foreach (var record in JournalFiles.ReadPackageAsync(package, cancellation))
            judge.Add(record);
        judge.Tell(Report);
    }

    public async ValueTask DisposeAsync()
    {
        await (_silo?.DisposeAsync() ?? ValueTask.CompletedTask);
        _folder.Dispose();
        Client.Dispose();
    }
}

internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("gridmesh-load-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
