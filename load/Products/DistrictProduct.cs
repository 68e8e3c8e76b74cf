using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Storage;
using GridMesh.Exchange;
using GridMesh.Exchange.Journals;
using GridMesh.Load.Running;
using GridMesh.Load.Scenarios;

namespace GridMesh.Load.Products;

/// <summary>
/// A silo of our own over a fresh store with a district in it and what has happened there. When it has stopped its journal
/// can be read.
/// </summary>
internal sealed class DistrictProduct : IAsyncDisposable
{
    /// <summary>The limits of one address stand for many people here, and no demo walks about beside them.</summary>
    private static readonly string[] s_settings =
    [
        "GridMesh:Demo:Enabled=false", "GridMesh:Limits:AddressPerSecond=1000000", "GridMesh:Limits:AddressBurst=1000000",
        "GridMesh:Limits:TokenPerSecond=1000000", "GridMesh:Limits:TokenBurst=1000000",
    ];

    private readonly SiloSetup _setup;
    private readonly TemporaryFolder _folder;
    private readonly TimeProvider _time;

    private DistrictProduct(RunProduct run, SiloSetup setup, TemporaryFolder folder, TimeProvider time) =>
        (Run, _setup, _folder, _time) = (run, setup, folder, time);

    public RunProduct Run { get; }

    /// <param name="records">What has happened, in the order of the journal.</param>
    /// <param name="settings">Besides those that every scenario needs.</param>
    /// <exception cref="InvalidOperationException">Import or start fail; the message says how.</exception>
    public static async Task<DistrictProduct> StartAsync(
        DirectoryData data, IEnumerable<JournalRecord> records, RunOptions options, IReadOnlyList<string> settings,
        ScenarioContext context, CancellationToken cancellation)
    {
        var folder = new TemporaryFolder();
        SiloProcess? silo = null;
        try
        {
            var setup = context.Setup(Directory.CreateDirectory(Path.Combine(folder.Path, "data")).FullName, options.Connection);
            var package = Path.Combine(folder.Path, "made");
            await DirectoryFiles.WriteAsync(data, records.ToAsyncEnumerable(), package, cancellation);
            await SiloImport.RunAsync(setup, package, context.Time, _ => { }, cancellation);
            silo = SiloProcess.Start(setup, SiloProcess.FreePort(), [.. s_settings, .. settings], context.Time);
            context.Say($"starting a silo at {silo.Url} on {options.Storage}");
            var run = await RunProduct.OfAsync(silo, setup, $"{options.Storage}", cancellation);
            return new DistrictProduct(run, setup, folder, context.Time);
        }
        catch
        {
            silo?.Dispose();
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Whether every fact is as it was written, after the product has stopped.</summary>
    public Task<Verified> VerifyAsync(CancellationToken cancellation) => SiloVerify.RunAsync(_setup, _time, cancellation);

    /// <summary>The journal as <c>export</c> writes it, after the product has stopped.</summary>
    public async IAsyncEnumerable<JournalRecord> FactsAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var package = Path.Combine(_folder.Path, "exported");
        await SiloExport.RunAsync(_setup, package, _time, cancellation);
        await foreach (var record in JournalFiles.ReadPackageAsync(package, cancellation))
        {
            yield return record;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Run.DisposeAsync();
        _folder.Dispose();
    }
}
