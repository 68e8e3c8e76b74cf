using System.Diagnostics;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;

namespace GridMesh.Product.Fixture;

/// <summary>A real OpenID Connect provider in a process of its own (tests/Issuer).</summary>
public sealed class OpenIdProvider : IAsyncDisposable
{
    private const string Secret = "between the product and the provider";

    private readonly Process _process;
    private readonly HttpClient _http;

    private OpenIdProvider(Process process, Uri url) =>
        (_process, Url, _http) = (process, url, new HttpClient { BaseAddress = url });

    public Uri Url { get; }

    /// <summary>Null where it can run; otherwise what is missing.</summary>
    public static string? Missing =>
        Folder is null ? "the provider's packages were not installed (-p:Web=false)" : null;

    private static string? Folder { get; } = Find();

    public static async Task<OpenIdProvider> StartAsync()
    {
        var start = new ProcessStartInfo("node", ["provider.mjs"])
        {
            UseShellExecute = false, WorkingDirectory = Folder, RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            if (line.Split(' ') is ["ready", var url])
                return new OpenIdProvider(process, new Uri(url));
        }

        throw new InvalidOperationException("the provider ended before it was ready");
    }

    /// <summary>The product, known to the provider as a client of its own.</summary>
    /// <param name="tokenSeconds">How long access tokens live.</param>
    /// <param name="refresh">Whether there are refresh tokens.</param>
    public async Task<MeshApp> ServeAsync(
        int tokenSeconds = 600, bool refresh = true, string? folder = null,
        Action<IServiceCollection>? services = null, params string[] settings)
    {
        var client = $"gridmesh-{Guid.NewGuid():N}";
        var app = await MeshApp.StartAsync(
            folder, services: services,
            settings: [.. SettingsOf(client).Select(setting => $"--{setting}"), .. settings]);
        await KnowAsync(client, app.Url, tokenSeconds, refresh);
        return app;
    }

    /// <summary>What a product is told that is this client.</summary>
    public string[] SettingsOf(string client) =>
    [
        $"GridMesh:Auth:Authority={Url.ToString().TrimEnd('/')}", "GridMesh:Auth:Audience=gridmesh",
        $"GridMesh:OpenId:ClientId={client}", $"GridMesh:OpenId:ClientSecret={Secret}",
        "GridMesh:OpenId:Title=Town Hall",
    ];

    /// <summary>From now on there is this client, and people come back to its address.</summary>
    public Task KnowAsync(string client, Uri url, int tokenSeconds = 600, bool refresh = true) => PutAsync(
        $"clients/{client}", new { url = url.ToString().TrimEnd('/'), secret = Secret, ttl = tokenSeconds, refresh });

    /// <summary>From now on somebody has these claims beside the login.</summary>
    public Task SayAsync(string login, object claims) => PutAsync($"users/{login}", claims);

    /// <summary>From now on there is nobody with this login.</summary>
    public async Task DisableAsync(string login) =>
        (await _http.DeleteAsync($"/test/users/{login}")).EnsureSuccessStatusCode();

    /// <summary>Whether it answers nothing but 503.</summary>
    public async Task BeAwayAsync(bool isAway) => (await (isAway
        ? _http.PutAsync("/test/away", null)
        : _http.DeleteAsync("/test/away"))).EnsureSuccessStatusCode();

    /// <summary>What it signs with, as a JWK.</summary>
    public Task<string> KeyAsync() => _http.GetStringAsync("/test/key");

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task PutAsync(string path, object body) =>
        (await _http.PutAsJsonAsync($"/test/{path}", body)).EnsureSuccessStatusCode();

    private static string? Find()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            var found = Path.Combine(folder, "tests", "Issuer");
            if (Directory.Exists(Path.Combine(found, "node_modules")))
                return found;
        }

        return null;
    }
}
