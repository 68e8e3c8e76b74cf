using GridMesh.Load.Clients;
using GridMesh.Load.Kills;
using GridMesh.Load.Running;
using GridMesh.Load.Scenarios;

namespace GridMesh.Load.Lifecycles;

/// <summary>A product with nobody in it but the scenario, and a crew signed in.</summary>
internal sealed class LifecycleLoad : IAsyncDisposable
{
    /// <summary>The demo's people stay away, so that nobody else loads the machine; one address sends everything.</summary>
    private static readonly string[] s_settings =
    [
        "GridMesh:Demo:Enabled=false", "GridMesh:Limits:TokenPerSecond=1000000", "GridMesh:Limits:TokenBurst=1000000",
        "GridMesh:Limits:AddressPerSecond=1000000", "GridMesh:Limits:AddressBurst=1000000",
    ];

    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(5);

    private readonly CommandClient _client;
    private readonly TimeProvider _time;

    private LifecycleLoad(RunProduct product, Crew crew, CommandClient client, TimeProvider time) =>
        (Product, Crew, _client, _time) = (product, crew, client, time);

    public RunProduct Product { get; }

    public Crew Crew { get; }

    public static async Task<LifecycleLoad> StartAsync(
        RunOptions options, string area, int crewSize, ScenarioContext context, CancellationToken cancellation)
    {
        var product = await RunProduct.StartAsync(options, s_settings, context, cancellation);
        try
        {
            using var door = new MeshClient(product.Url);
            var crew = await Crew.SignInAsync(door, area, crewSize);
            return new LifecycleLoad(product, crew, new CommandClient(product.Url), context.Time);
        }
        catch
        {
            await product.DisposeAsync();
            throw;
        }
    }

    /// <param name="isIn">Which grids it works in.</param>
    /// <exception cref="InvalidOperationException">Nobody of the crew is in such a grid.</exception>
    public Lifecycle Lifecycle(CommandSeconds? seconds, Func<string, bool>? isIn = null)
    {
        var members = Crew.Members.Where(member => isIn is null || isIn(member.Grid)).ToArray();
        return members.Length > 0
            ? new Lifecycle(_client, Crew with { Members = members }, seconds, _time)
            : throw new InvalidOperationException("nobody of the crew is where the load should be; ask for a larger --crew");
    }

    /// <summary>A product that has just started compiles its code; a district that lives has long done so.</summary>
    /// <param name="rate">Lifecycles a second for some seconds, not measured.</param>
    public Task WarmUpAsync(int rate, ScenarioContext context, CancellationToken cancellation) =>
        new LoadTest("warm-up", Product, context).RunAsync(
            [
                Scenario.Create("warm-up", Lifecycle(seconds: null).RunAsync).WithoutWarmUp()
                    .WithLoadSimulations(Simulation.Inject(rate, TimeSpan.FromSeconds(1), s_warmUp)),
            ],
            cancellation);

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await Product.DisposeAsync();
    }
}
