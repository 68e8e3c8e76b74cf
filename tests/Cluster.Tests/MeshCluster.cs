using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using GridMesh.Contracts.Areas;
using GridMesh.Product.Fixture;
using GridMesh.Product.Fixture.Places;

namespace GridMesh.Cluster.Tests;

/// <summary>Silos and gateways as processes over one PostgreSQL: a vocabulary for tests.</summary>
internal sealed class MeshCluster : IAsyncDisposable
{
    private readonly List<SiloProcess> _processes = [];

    private readonly ClusterPlace _place;

    private MeshCluster(ClusterPlace place) => _place = place;

    public string Folder { get; } = Path.Combine(Path.GetTempPath(), $"gridmesh-{Guid.NewGuid():N}");

    /// <summary>
    /// The small district in a database, with 60 more communities so that every silo has a share, and this many silos
    /// without doors over it.
    /// </summary>
    public static async Task<(MeshCluster Cluster, SiloProcess[] Silos)> StartAsync(int silos)
    {
        var cluster = new MeshCluster(await ClusterPlace.NewAsync());
        var data = SmallDistrict.Data;
        var community = data.Areas.Single(area => area.Code.Value == SmallDistrict.Community);
        var more = Enumerable.Range(101, 60)
            .Select(number => community with { Code = AreaCode.Parse($"{SmallDistrict.Town}{number}") });
        var wide = data with { Areas = [.. data.Areas, .. more] };
        await (await MeshApp.StartAsync(
            cluster.Folder, wide, settings: [.. cluster._place.Member().Select(setting => $"--{setting}")])).StopAsync();
        try
        {
            return (cluster, await Task.WhenAll(Enumerable.Range(0, silos).Select(_ => cluster.AddSiloAsync())));
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    public async Task<SiloProcess> AddSiloAsync() => Keep(await SiloProcess.ServeAsync(
        Folder, null, SiloProcess.Set(_place.Member("Silo"))));

    public async Task<SiloProcess> AddGatewayAsync(params string[] settings) => Keep(await SiloProcess.ServeAsync(
        Folder, null, [.. SiloProcess.Set(_place.Member("Gateway")), .. settings]));

    /// <summary>Checks the data of the whole cluster; its exit code and what it said.</summary>
    public Task<(int ExitCode, string Output)> VerifyAsync() =>
        SiloProcess.RunAsync(["verify", "--data", Folder, .. SiloProcess.Set(_place.Storage)]);

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
        {
            await process.DisposeAsync();
        }

        Directory.Delete(Folder, recursive: true);
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
