using System.Diagnostics;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Storage;
using GridMesh.Exchange;
using GridMesh.Load.Clients;
using GridMesh.Load.Products;
using GridMesh.Load.Running;
using GridMesh.Load.Scenarios;

namespace GridMesh.Load.People;

/// <summary>A silo of our own over a fresh store with the districts in it.</summary>
internal sealed class PeopleProduct : IAsyncDisposable
{
    private const double Megabyte = 1_000_000;

    /// <summary>The limits of one address stand for many phones here, and no demo walks about beside them.</summary>
    private static readonly string[] s_settings =
    [
        "GridMesh:Demo:Enabled=false", "GridMesh:Limits:AddressPerSecond=1000000", "GridMesh:Limits:AddressBurst=1000000",
        "GridMesh:Limits:TokenPerSecond=1000000", "GridMesh:Limits:TokenBurst=1000000",
    ];

    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan s_rightPatience = TimeSpan.FromMinutes(2);

    private readonly TemporaryFolder _folder;

    private PeopleProduct(RunProduct run, TemporaryFolder folder, TimeSpan import, TimeSpan start, double idleMb) =>
        (Run, _folder, Import, Start, IdleMb) = (run, folder, import, start, idleMb);

    public RunProduct Run { get; }

    public TimeSpan Import { get; }

    public TimeSpan Start { get; }

    public double IdleMb { get; }

    /// <exception cref="InvalidOperationException">Import or start fail; the message says how.</exception>
    public static async Task<PeopleProduct> StartAsync(
        DirectoryData data, IReadOnlyList<PeopleDistrict> districts, RunOptions options, string? connection,
        ScenarioContext context, CancellationToken cancellation)
    {
        var folder = new TemporaryFolder();
        RunProduct? run = null;
        try
        {
            var setup = context.Setup(folder.Path, connection);
            var package = Path.Combine(folder.Path, "package");
            await DirectoryFiles.WriteAsync(data, AsyncEnumerable.Empty<JournalRecord>(), package, cancellation);
            var import = await SiloImport.RunAsync(setup, package, context.Time, _ => { }, cancellation);
            var silo = SiloProcess.Start(setup, SiloProcess.FreePort(), s_settings, context.Time);
            run = await RunProduct.OfAsync(silo, setup, $"{options.Storage}", cancellation);
            var start = await RightAsync(silo, districts, context.Time, cancellation);
            using var process = Process.GetProcessById(silo.ProcessId);
            return new PeopleProduct(run, folder, import, start, process.WorkingSet64 / Megabyte);
        }
        catch
        {
            if (run is not null)
            {
                await run.DisposeAsync();
            }

            folder.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Run.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>Waits until every district's snapshot counts its people.</summary>
    private static async Task<TimeSpan> RightAsync(
        SiloProcess silo, IReadOnlyList<PeopleDistrict> districts, TimeProvider time, CancellationToken cancellation)
    {
        await silo.ReadyAsync(cancellation);
        using var client = new MeshClient(silo.Url);
        foreach (var district in districts)
        {
            var token = await client.TokenAsync("viewer", district.Code);
            while (await WorkersAsync(client, district.Code, token, cancellation) < district.Walkers.Count)
            {
                silo.ThrowIfGone();
                if (time.GetElapsedTime(silo.StartedAt) > s_rightPatience)
                {
                    throw new InvalidOperationException($"{district.Code} did not count its people in {s_rightPatience}");
                }

                await Task.Delay(s_pause, time, cancellation);
            }
        }

        return time.GetElapsedTime(silo.StartedAt);
    }

    private static async Task<int> WorkersAsync(
        MeshClient client, string code, string token, CancellationToken cancellation)
    {
        var answer = await client.GetAsync($"areas/{code}", token, cancellation);
        return answer.IsSuccess
            ? answer.Body.GetProperty("summary").GetProperty("workers").GetProperty("total").GetInt32()
            : 0;
    }
}
