using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using GridMesh.Client;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Geo;
using GridMesh.Exchange;
using GridMesh.Product.Fixture;
using GridMesh.Product.Fixture.Places;
using GridMesh.Silo.Fixture;

namespace GridMesh.Cluster.Tests;

/// <summary>Silos and gateways as processes over one PostgreSQL: a vocabulary for tests.</summary>
internal sealed class MeshCluster : IAsyncDisposable
{
    /// <summary>Communities besides those of the small district, so that every silo has a share.</summary>
    private const int Communities = 60;

    private readonly List<SiloProcess> _processes = [];

    private readonly ClusterPlace _place;
    private readonly string[] _settings;

    private MeshCluster(ClusterPlace place, string program, string[] settings) =>
        (_place, Program, _settings) = (place, program, settings);

    /// <summary>
    /// Settings of a cluster in which nobody crashes: a process that is only slow, because the machine has much else to
    /// do, is not held dead by the others.
    /// </summary>
    public static string[] Patient { get; } = ["GridMesh:Cluster:ProbeMs=20000"];

    /// <summary>The build that further processes run.</summary>
    public string Program { get; set; }

    public string Folder { get; } = Path.Combine(Path.GetTempPath(), $"gridmesh-{Guid.NewGuid():N}");

    /// <summary>
    /// The small district in a database, with 60 more communities so that every silo has a share, and this many silos
    /// without a gateway over it.
    /// </summary>
    /// <param name="program">The build that it begins with; this one by default.</param>
    public static async Task<(MeshCluster Cluster, SiloProcess[] Silos)> StartAsync(
        int silos, string[]? settings = null, string? program = null)
    {
        var cluster = new MeshCluster(await ClusterPlace.NewAsync(), program ?? SiloProcess.Program, settings ?? []);
        try
        {
            await cluster.ImportAsync();
            return (cluster, await Task.WhenAll(Enumerable.Range(0, silos).Select(_ => cluster.AddSiloAsync())));
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    public async Task<SiloProcess> AddSiloAsync() => Keep(await ServeAsync(null, "Silo"));

    /// <summary>A gateway on a free port, or where one was before.</summary>
    public async Task<SiloProcess> AddGatewayAsync(Uri? url = null, params string[] settings) =>
        Keep(await ServeAsync(url, "Gateway", settings));

    public static async Task<LiveView> WatchAsync(SiloProcess gateway) =>
        await LiveView.WatchAsync(gateway.Url, await TokenAsync(gateway, "viewer"), SmallDistrict.Code);

    /// <summary>Stops a process in order; it must have lived until now.</summary>
    public async Task StopAsync(SiloProcess process)
    {
        (await process.TerminateAsync()).ShouldBe(0, process.Output);
        await EndAsync(process);
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync(SiloProcess process)
    {
        await process.KillAsync();
        await EndAsync(process);
    }

    /// <summary>A verb beside the running processes; what it said.</summary>
    public async Task<string> RunAsync(params string[] verb)
    {
        var (code, said) = await SiloProcess.RunAsync([.. verb, "--data", Folder, .. SiloProcess.Set(_place.Storage)]);
        code.ShouldBe(0, said);
        return said;
    }

    /// <summary>Stops gateways and silos in order and checks the data of the whole; what the check said.</summary>
    public async Task<string> StopCleanAsync()
    {
        foreach (var process in _processes.AsEnumerable().Reverse().ToList())
            await StopAsync(process);

        return await RunAsync("verify");
    }

    public static async Task<HttpClient> SignInAsync(SiloProcess gateway, string role = "dispatcher")
    {
        var client = new HttpClient { BaseAddress = gateway.Url };
        client.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Bearer", await TokenAsync(gateway, role));
        return client;
    }

    public static async Task<string> TokenAsync(SiloProcess gateway, string role)
    {
        using var client = new HttpClient { BaseAddress = gateway.Url };
        var answer = await client.PostAsJsonAsync("/dev/tokens", new { role, area = SmallDistrict.Code });
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString()!;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
            await process.DisposeAsync();

        Directory.Delete(Folder, recursive: true);
    }

    private async Task ImportAsync()
    {
        var package = Path.Combine(Folder, "district");
        DirectoryFiles.Write(Wide(SmallDistrict.Data), package);
        var (code, said) = await SiloProcess.RunBuildAsync(
            Program, ["import", package, "--data", Folder, .. SiloProcess.Set(_place.Storage)]);
        code.ShouldBe(0, said);
    }

    /// <summary>With a third town, a narrow strip along the east of the district that many communities share.</summary>
    private static DirectoryData Wide(DirectoryData data)
    {
        const string Town = $"{SmallDistrict.Code}003";
        const double Width = 0.0002;
        var ring = data.Areas.Single(area => area.Code.Value == SmallDistrict.Code).Shape.Polygons[0][0];
        var west = ring.Max(point => point.Lng);
        var (south, north) = (ring.Min(point => point.Lat), ring.Max(point => point.Lat));
        return data with
        {
            Areas =
            [
                .. data.Areas, Strip(Town, 0, Communities),
                .. Enumerable.Range(0, Communities).Select(i => Strip($"{Town}{101 + i}", i, i + 1)),
            ],
        };

        AreaEntry Strip(string code, int from, int to)
        {
            var (low, high) = (Latitude(from), Latitude(to));
            return new AreaEntry(
                AreaCode.Parse(code), $"区域{code}", $"Area {code}",
                AreaShape.Of([
                    new(west, low), new(west + Width, low), new(west + Width, high), new(west, high), new(west, low)]));
        }

        double Latitude(int row) => south + ((north - south) * row / Communities);
    }

    private Task<SiloProcess> ServeAsync(Uri? url, string role, params string[] settings) =>
        SiloProcess.ServeBuildAsync(
            Program, "Development", Folder, url, SiloProcess.Set([.. _place.Member(role), .. _settings, .. settings]));

    private async Task EndAsync(SiloProcess process)
    {
        _processes.Remove(process);
        await process.DisposeAsync();
    }

    private SiloProcess Keep(SiloProcess process)
    {
        lock (_processes)
        {
            _processes.Add(process);
        }

        return process;
    }
}
