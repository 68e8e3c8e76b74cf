using System.Net;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace GridMesh.Load.Tests.Faults;

/// <summary>A product that answers what a test makes it answer, so that its lies can be found out.</summary>
internal sealed class FakeProduct : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FakeProduct(WebApplication app)
    {
        _app = app;
        Client = new MeshClient(new Uri(app.Urls.First()));
    }

    public static Crew Crew { get; } = new("dispatcher", "inspector", "viewer", "resident", []);
    public MeshClient Client { get; }

    /// <summary>What the checks said about what they found.</summary>
    public List<string> Said { get; } = [];
    public CaseLookup Lookup => new(Client, Crew, Said.Add);

    public static async Task<FakeProduct> StartAsync(Action<IEndpointRouteBuilder> map)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        map(app.MapGroup("/api/v1"));
        await app.StartAsync();
        return new FakeProduct(app);
    }

    /// <summary>A case whose history has these types, numbered from 1.</summary>
    public static IResult Case(string id, params string[] types) => Results.Ok(new
    {
        id,
        version = types.Length,
        history = types.Select((type, i) => new { seq = i + 1, type }),
    });

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}
