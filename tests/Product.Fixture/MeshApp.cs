using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Storage;
using GridMesh.Gateway.Accounts;
using GridMesh.Gateway.Plumbing.Hosting;
using GridMesh.Silo;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace GridMesh.Product.Fixture;

/// <summary>
/// The whole product in this process, on a free port, over a temporary folder: a vocabulary for tests.
/// </summary>
public sealed class MeshApp : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly bool _ownsFolder;

    private MeshApp(WebApplication app, string folder, bool ownsFolder)
    {
        (_app, Folder, _ownsFolder) = (app, folder, ownsFolder);
        Url = new Uri(app.Urls.First());
        Http = new HttpClient { BaseAddress = Url };
    }

    public string Folder { get; }

    public Uri Url { get; }

    /// <summary>A client without a token.</summary>
    public HttpClient Http { get; }

    public IServiceProvider Services => _app.Services;

    /// <summary>Starts the product; with a folder of an earlier one it goes on from there.</summary>
    public static async Task<MeshApp> StartAsync(
        string? folder = null, DirectoryData? directory = null, Action<IServiceCollection>? services = null,
        bool awaitReady = true, params string[] settings)
    {
        var data = folder ?? Path.Combine(Path.GetTempPath(), $"gridmesh-{Guid.NewGuid():N}");
        var builder = MeshBuilder.Create(
        [
            "--urls=http://127.0.0.1:0", "--environment=Development", $"--GridMesh:Data={data}",
            "--GridMesh:Demo:Enabled=false",
            "--GridMesh:Limits:AddressPerSecond=100000", "--GridMesh:Limits:AddressBurst=100000",
            "--GridMesh:Limits:LookupPerSecond=100000", "--GridMesh:Limits:LookupBurst=100000",
            .. settings,
        ]);
        builder.Logging.ClearProviders();
        var (options, problems) = MeshOptions.Read(builder.Configuration, isDevelopment: true);
        if (problems.Count > 0)
            throw new InvalidOperationException($"the settings of the test are wrong: {string.Join("; ", problems)}");

        builder.AddMesh(options);
        services?.Invoke(builder.Services);
        var app = builder.Build();
        await app.Services.GetRequiredService<IStorageAdmin>().MigrateAsync();
        var store = app.Services.GetRequiredService<IDirectoryStore>();
        if (await store.LoadAsync() is null)
            await store.SaveAsync(directory ?? SmallDistrict.Data);

        await app.PrepareAsync(options);
        app.MapMesh(options);
        await app.StartAsync();
        var mesh = new MeshApp(app, data, folder is null);
        if (awaitReady)
            await mesh.ReadyAsync();

        return mesh;
    }

    /// <summary>A client that is signed in by a development token.</summary>
    public async Task<HttpClient> SignInAsync(
        string role, string area = SmallDistrict.Code, string? worker = null, params string[] lines)
    {
        var client = new HttpClient { BaseAddress = Url };
        client.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Bearer", await TokenAsync(role, area, worker, lines));
        return client;
    }

    public async Task<string> TokenAsync(
        string role, string area = SmallDistrict.Code, string? worker = null, params string[] lines)
    {
        var answer = await Http.PostAsJsonAsync("/dev/tokens", new { role, area, worker, lines });
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString()!;
    }

    /// <summary>A viewer of the district who signs in by name; the answer is the first password.</summary>
    public async Task<string> AddAccountAsync(string name) =>
        (await Services.GetRequiredService<AccountChanges>().AddAsync(
            new Account(
                name, name, Role.Viewer, AreaCode.Parse(SmallDistrict.Code), null, [], "", true,
                TimeProvider.System.GetUtcNow()),
            default))!;

    /// <summary>Stops in order and keeps the folder, to start again from.</summary>
    public async Task<string> StopAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        return Folder;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        if (_ownsFolder && Directory.Exists(Folder))
            Directory.Delete(Folder, recursive: true);
    }

    /// <summary>The wall clock stands still, so that no bucket refills however slow the machine is.</summary>
    public static void StandStill(IServiceCollection services) =>
        services.AddSingleton<TimeProvider>(new StillTime());

    private async Task ReadyAsync()
    {
        await Eventually.TrueAsync(
            async () => (await Http.GetAsync("/healthz/ready")).IsSuccessStatusCode, "the product is ready");
    }

    /// <summary>Timers run; only what is read of the clock stays.</summary>
    private sealed class StillTime : TimeProvider
    {
        private readonly DateTimeOffset _now = System.GetUtcNow();

        public override DateTimeOffset GetUtcNow() => _now;
    }
}
