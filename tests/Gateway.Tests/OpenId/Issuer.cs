using System.Net;
using GridMesh.Gateway.Tests.Accounts;
using GridMesh.Product.Fixture;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace GridMesh.Gateway.Tests.OpenId;

/// <summary>A real provider, and a product where its people sign in.</summary>
public sealed class Issuer : IAsyncLifetime
{
    public static readonly object Dispatcher = new { name = "李娜", role = "dispatcher", area = SmallDistrict.Code };

    public OpenIdProvider Provider { get; private set; } = null!;

    public MeshApp App { get; private set; } = null!;

    internal EventRecorder Log { get; } = new(4010, 4019);

    public async ValueTask InitializeAsync()
    {
        if (OpenIdProvider.Missing is null)
        {
            Provider = await OpenIdProvider.StartAsync();
            App = await ServeAsync(settings: "--GridMesh:Gateway:TrustedProxies=127.0.0.1");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Provider is not null)
        {
            await App.DisposeAsync();
            await Provider.DisposeAsync();
        }
    }

    internal Task<MeshApp> ServeAsync(int tokenSeconds = 600, bool refresh = true, params string[] settings) =>
        Provider.ServeAsync(
            tokenSeconds, refresh, services: services => services.AddSingleton<ILoggerProvider>(Log),
            settings: settings);

    /// <summary>Somebody of that name with these claims, signed in.</summary>
    internal async Task<Browser> SignInAsync(string login, object? claims = null, MeshApp? app = null)
    {
        await Provider.SayAsync(login, claims ?? Dispatcher);
        var browser = new Browser(app ?? App);
        (await browser.SignInAsync(login)).Query.ShouldBe("");
        (await browser.AskAsync()).ShouldBe(HttpStatusCode.OK);
        return browser;
    }
}
