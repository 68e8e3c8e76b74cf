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
        "GridMesh:Limits:TokenPerSecond=1000000",
        "GridMesh:Limits:TokenBurst=1000000", "GridMesh:Limits:WatchesPerMinute=1000000",
        "GridMesh:Limits:ConnectionsPerSubject=1000000", "GridMesh:Limits:ConnectionsPerAddress=1000000",
    ];

    /// <summary>That, and nobody but the scenario is there.</summary>
    public static readonly IReadOnlyList<string> Quiet = [.. Unlimited, "GridMesh:Demo:Enabled=false"];
    private TemporaryFolder? _folder;
    public required Uri Url { get; init; }

    /// <summary>The process to sample, where it is known.</summary>
    public int? ProcessId { get; private init; }

    /// <summary>False where it is not GridMesh at all.</summary>
    public bool HasMetrics { get; private init; } = true;

    public SiloProcess? Silo { get; private init; }

    public SiloSetup? Setup { get; private init; }

    /// <summary>How long it took to bring the districts in.</summary>
    public TimeSpan Import { get; private init; }
    public Subject Subject { get; private init; } = new("as it runs", "as it runs", "as it runs", "as it runs");

    /// <summary>
    /// The running one that is named, the store that is named, or a new one with one made-up district.
    /// </summary>
    /// <param name="settings">Of a product of our own, as <c>GridMesh:Demo:Speed=1</c>.</param>
    public static Task<Product> StartAsync(
        RunOptions options, IReadOnlyList<string> settings, LoadContext context, CancellationToken cancellation) =>
        options.Url is { } url
            ? Task.FromResult(new Product { Url = url, ProcessId = options.Pid })
            : StartAsync(
                options, options.Data is null ? City.Build(1, options.Seed) : null, [], settings, context,
                cancellation, options.Data);

    /// <summary>A silo of our own over a store with this directory and what has happened there.</summary>
    /// <param name="data">Null: the store is there.</param>
    /// <param name="records">What has happened, in the order of the journal.</param>
    public static async Task<Product> StartAsync(
        StoreOptions options, DirectoryData? data, IEnumerable<JournalRecord> records, IReadOnlyList<string> settings,
        LoadContext context, CancellationToken cancellation, string? store = null)
    {
        var folder = new TemporaryFolder();
        SiloProcess? silo = null;
        try
        {
            var setup = context.Setup(
                store is null ? Directory.CreateDirectory(Path.Combine(folder.Path, "data")).FullName
                    : Path.GetFullPath(store), options.Connection);
            var durability = await Database.DurabilityAsync(options.Connection, cancellation);
            var import = data is null ? TimeSpan.Zero : await ImportAsync(setup, data, records, folder, cancellation);
            silo = setup.Start(settings);
            context.Say($"starting a silo at {silo.Url} on {options.Storage}");
            await silo.ReadyAsync(cancellation);
            return new Product
            {
                Url = silo.Url, ProcessId = silo.ProcessId, Silo = silo, Setup = setup, Import = import,
                _folder = folder,
                Subject = setup.Subject(durability),
            };
        }
        catch
        {
            await (silo?.DisposeAsync() ?? ValueTask.CompletedTask);
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Something that the product is compared with.</summary>
    public static Product Beside(Uri url, int? processId) =>
        new() { Url = url, ProcessId = processId, HasMetrics = false };

    /// <summary>Stops a product of our own in order; yes also where there is none. Call it once.</summary>
    public async Task<Verdict> StopAsync() =>
        Verdict.Yes("product stopped in order", Silo is null || await Silo.StopAsync());

    /// <summary>The journal as <c>export</c> writes it, after the product has stopped.</summary>
    public IAsyncEnumerable<JournalRecord> FactsAsync(CancellationToken cancellation) =>
        FactsAsync(Setup!, Path.Combine(_folder!.Path, "exported"), cancellation);

    public static async IAsyncEnumerable<JournalRecord> FactsAsync(
        SiloSetup setup, string package,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        await setup.ExportAsync(package, cancellation);
        await foreach (var record in JournalFiles.ReadPackageAsync(package, cancellation))
            yield return record;
    }

    /// <summary>Brings made-up districts, and what has happened there, into a store.</summary>
    public static async Task<TimeSpan> ImportAsync(
        SiloSetup setup, DirectoryData data, IEnumerable<JournalRecord> records, TemporaryFolder folder,
        CancellationToken cancellation)
    {
        var package = Path.Combine(folder.Path, "made");
        await DirectoryFiles.WriteAsync(data, records.ToAsyncEnumerable(), package, cancellation);
        return await setup.ImportAsync(package, cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await (Silo?.DisposeAsync() ?? ValueTask.CompletedTask);
        _folder?.Dispose();
    }
}

/// <summary>A folder for one run, gone with it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("gridmesh-load-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
