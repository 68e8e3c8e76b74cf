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
    private TemporaryFolder? _folder;
    private IReadOnlyList<string> _settings = [];
    private SiloSetup? _setup;
    private SiloProcess? _silo;

    private Product(Uri url, int? processId, LoadContext context)
    {
        (Url, ProcessId, _context, Client) = (url, processId, context, new MeshClient(url));
        Report = context.Report(new Subject("as it runs", "as it runs", "as it runs", "as it runs"));
    }

    public Uri Url { get; }
    public MeshClient Client { get; }

    /// <summary>What was found of it, and of one before it where there was one.</summary>
    public Report Report { get; set; }
    public int? ProcessId { get; private set; }

    /// <summary>False where it is not GridMesh at all.</summary>
    public bool HasMetrics { get; private init; } = true;

    public SiloProcess Silo => _silo!;

    public SiloSetup Setup => _setup!;

    public TimeSpan Import { get; private set; }

    /// <summary>
    /// The running one that is named, the store that is named, or a new one with one made-up district.
    /// </summary>
    /// <param name="settings">Of a product of our own, as <c>GridMesh:Demo:Speed=1</c>.</param>
    public static async Task<Product> StartAsync(
        RunOptions options, IReadOnlyList<string> settings, LoadContext context, CancellationToken cancellation) =>
        options.Url is { } url
            ? new Product(url, options.Pid, context)
            : await StartAsync(
                options, options.Data is null ? City.Build(1, options.Seed) : null, [], settings, context, cancellation,
                options.Data);

    /// <summary>A silo of our own over a store with this directory and what has happened there.</summary>
    /// <param name="data">Null: the store is there.</param>
    /// <param name="records">What has happened, in the order of the journal.</param>
    public static async Task<Product> StartAsync(
        StoreOptions options, DirectoryData? data, IEnumerable<JournalRecord> records, IReadOnlyList<string> settings,
        LoadContext context, CancellationToken cancellation, string? store = null)
    {
        var folder = new TemporaryFolder();
        var product = new Product(new Uri($"http://127.0.0.1:{SiloProcess.FreePort()}"), null, context)
            { _folder = folder, _settings = settings };
        try
        {
            var setup = product._setup = context.Setup(
                store is null ? Directory.CreateDirectory(Path.Combine(folder.Path, "data")).FullName
                    : Path.GetFullPath(store), options.Connection);
            product.Report.Subject = await setup.SubjectAsync(cancellation);
            if (data is not null)
            {
                var package = Path.Combine(folder.Path, "made");
                await DirectoryFiles.WriteAsync(data, records.ToAsyncEnumerable(), package, cancellation);
                product.Import = await setup.ImportAsync(package, cancellation);
            }

            context.Say($"starting a silo at {product.Url} on {options.Storage}");
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

    public static Product Beside(Uri url, int? processId, LoadContext context) =>
        new(url, processId, context) { HasMetrics = false };

    /// <summary>Starts a process over the store, at the same address as the one before; it is not ready yet.</summary>
    public void Start()
    {
        _silo = Setup.Start(_settings, Url.Port);
        ProcessId = Silo.ProcessId;
    }

    /// <summary>kill -9; the store is left as it is.</summary>
    public async Task KillAsync()
    {
        await Silo.KillAsync();
        await Silo.DisposeAsync();
    }

    /// <summary>Puts it under load; the report has everything that was measured.</summary>
    /// <param name="report">Null: the product's own.</param>
    /// <param name="part">Begins the names of the processes' figures, where a report has several runs.</param>
    /// <param name="completion">How long iterations may take to end after the schedule has ended.</param>
    public async Task<LoadResult> LoadAsync(
        IReadOnlyList<Scenario> scenarios, CancellationToken cancellation, Report? report = null, string part = "",
        TimeSpan? completion = null)
    {
        var result = await new LoadTest(this, completion ?? TimeSpan.FromSeconds(60), _context)
            .RunAsync(scenarios, cancellation);
        (report ?? Report).Take(result, part);
        return result;
    }

    /// <summary>Stops a product of our own in order; yes also where there is none. Call it once.</summary>
    public async Task StopAsync() => Report.Thresholds.Add(
        Verdict.Yes("product stopped in order", _silo is null || await _silo.StopAsync()));

    /// <summary>Stops it, verifies its store, and has the journal judged as <c>export</c> writes it.</summary>
    public async Task JudgeAsync(JournalJudge judge, CancellationToken cancellation)
    {
        await StopAsync();
        Report.Thresholds.Add((await Setup.VerifyAsync(cancellation)).Verdict);
        var package = Path.Combine(_folder!.Path, "exported");
        await Setup.ExportAsync(package, cancellation);
        await foreach (var record in JournalFiles.ReadPackageAsync(package, cancellation))
            judge.Add(record);
        judge.Tell(Report);
    }

    public async ValueTask DisposeAsync()
    {
        await (_silo?.DisposeAsync() ?? ValueTask.CompletedTask);
        _folder?.Dispose();
        Client.Dispose();
    }
}

internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("gridmesh-load-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
